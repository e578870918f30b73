"""What the copy buttons yield runs in an empty folder, and prints what is shown.

Nothing is installed there but the package.

The blocks are drawn anew in each run; DLCOURSE_SEED=<the printed number> draws the same ones again.
"""

import html
import os
import random
import re
from pathlib import Path

from dlcourse_site.outputs import same_text

ROOT = Path(__file__).resolve().parents[2]
NUM_BLOCKS = 10
BLOCK = re.compile(
    r'<div class="language-python highlight"><span class="filename">([^<]+)</span>'
    r"<pre>.*?<code>(.*?)</code></pre>",
    re.DOTALL,
)


def shown_blocks(site):
    """Return the code of each block by its snippet, as a button of a built page copies it."""
    pages = [path.read_text("utf-8") for path in sorted(site.rglob("index.html"))]
    blocks = [match for page in pages for match in BLOCK.findall(page)]
    return {
        name: html.unescape(re.sub(r"<[^>]*>", "", code))
        for name, code in blocks
        if name.startswith("snippets/")  # not the programs of exercises, which are to be changed
    }


def test_text_of_every_block_is_its_file_byte_for_byte(built_site):
    blocks = shown_blocks(built_site)
    assert set(blocks) == {
        path.relative_to(ROOT).as_posix() for path in ROOT.glob("snippets/*/*.py")
    }
    assert [
        name for name, code in blocks.items() if code.encode() != (ROOT / name).read_bytes()
    ] == []


def test_ten_copied_blocks_run_in_an_empty_folder(built_site, hosted_python, record_property):
    blocks = shown_blocks(built_site)
    seed = int(os.environ.get("DLCOURSE_SEED") or random.randrange(10**6))
    chosen = random.Random(seed).sample(sorted(blocks), NUM_BLOCKS)
    record_property("line", f"copied with DLCOURSE_SEED={seed}: {', '.join(chosen)}")
    pip = "[sys.executable, '-m', 'pip', 'install', '-q', 'dlcourse']"
    install = f"import subprocess, sys; subprocess.run({pip})"
    assert hosted_python(install).returncode == 0
    for name in chosen:
        done = hosted_python(blocks[name])
        out = (ROOT / name).with_suffix(".out")
        assert done.returncode == 0, f"{name}: {done.stderr}"
        assert same_text(out.read_text("utf-8") if out.exists() else "", done.stdout), name
