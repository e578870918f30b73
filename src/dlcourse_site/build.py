"""Build the site: `python -m dlcourse_site.build` derives what the pages need and runs mkdocs."""

import argparse
import itertools
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from rich.console import Console

from dlcourse_site.archive import write_archive
from dlcourse_site.browser_python import python_files
from dlcourse_site.figure_files import figure_files
from dlcourse_site.katex import KATEX, ROOT, find_node
from dlcourse_site.trained import NAME, trained_files

CONFIG = ROOT / "mkdocs.yml"
JUPYTER = Path(__file__).with_name("jupyter")  # settings of Jupyter's programs
SEARCH = Path(__file__).with_name("search.js")
SHORTEN = Path(__file__).with_name("shorten_index.mjs")
BUILT = ROOT / "docs" / "assets" / "built"
MISSING = (
    "npm's packages are missing: formulas are plain and no code runs on the pages;"
    " `python tasks.py serve` installs them where npm reaches its registry"
)
# Today's browsers take woff2
OTHER_FONTS = re.compile(r',url\([^)]+\.(?:woff|ttf)\) format\("[a-z]+"\)')


def katex_files() -> dict[str, bytes]:
    """Return KaTeX's style sheet and fonts; without npm's packages, say so and return an empty one.

    All pages name the style sheet.
    """
    if not KATEX.is_dir():
        print(f"dlcourse_site: {MISSING}", file=sys.stderr, flush=True)
        return {"katex/katex.min.css": b""}
    style = (KATEX / "dist" / "katex.min.css").read_text("utf-8")
    style = OTHER_FONTS.sub("", style)
    files = {"katex/katex.min.css": style.encode("utf-8")}
    for name in re.findall(r"url\((fonts/[^)]+)\)", style):
        files[f"katex/{name}"] = (KATEX / "dist" / name).read_bytes()
    return files


def derived() -> dict[str, bytes]:
    """Return what the pages need, by its path in BUILT.

    These are the files of KaTeX, each lab as a notebook, the figures, Python, and a small network.
    """
    from dlcourse_site.labs import write_notebook

    files = katex_files()
    for lab in ROOT.glob("docs/*/lab.py"):
        files[f"labs/{lab.parent.name}.ipynb"] = write_notebook(lab)
    if NAME in (ROOT / "docs" / "index.md").read_text("utf-8"):
        files |= trained_files(ROOT, BUILT)
    return files | figure_files(ROOT) | python_files(ROOT)


def derive() -> None:
    """Write what is derived to docs/assets/built; a file that stays the same is not touched."""
    files = {BUILT / name: content for name, content in derived().items()}
    for path, content in files.items():
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for path in BUILT.rglob("*"):
        if path.is_file() and path not in files:
            path.unlink()


def build(site_dir: Path) -> None:
    """Build the site strictly, and exit with 1 where that fails; put our script into its search.

    The index of the search is shortened.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # On a busy machine a lab took 70 s with two threads, 2 s with one
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Labs talk to their kernel in encrypted messages: a kernel warns of any others
    others = os.environ.get("JUPYTER_CONFIG_PATH", JUPYTER)
    os.environ["JUPYTER_CONFIG_PATH"] = f"{JUPYTER}{os.pathsep}{others}"
    # Here, because they read the environment
    from dlcourse_site.kernels import forked_kernels
    from dlcourse_site.mkdocs_site import build_site

    num_pages = len([*ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/*/lab.py")])
    console = Console(stderr=True)
    count = itertools.count(1)
    with console.status("") as status:

        def tell(name: str) -> None:
            """Tell of a page in a line that moves, or in a plain line."""
            line = f"Page {next(count)} of {num_pages}: {name}"
            status.update(line)
            if not console.is_terminal:
                print(line, file=sys.stderr, flush=True)

        with forked_kernels():
            build_site(CONFIG, site_dir, tell)
    for worker in site_dir.glob("assets/javascripts/workers/search.*.js"):
        for index in site_dir.glob("search/search_index.json"):
            subprocess.run([find_node(), SHORTEN, index, worker], check=True)
        worker.write_bytes(SEARCH.read_bytes() + worker.read_bytes())
    # Half of a font are characters that no page has
    pages = [page.read_text("utf-8") for page in site_dir.rglob("*.html")]
    text = "".join(set().union(*pages))
    for font in site_dir.glob("assets/built/katex/fonts/*"):
        subset.main(
            [
                str(font),
                f"--text={text}",
                f"--output-file={font}",
            ]
        )


def main() -> None:
    """Derive, build, and print the size of the site; mkdocs has told the seconds."""
    parser = argparse.ArgumentParser(prog="python -m dlcourse_site.build", description=main.__doc__)
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site", help="default: site/")
    links = "check links, formulas and figures, and build no labs, search, reference or site"
    parser.add_argument("--links", action="store_true", help=links)
    options = parser.parse_args()
    derive()
    if options.links:
        os.environ["DLCOURSE_RUN_LABS"] = "false"
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder))
        return
    build(options.site_dir.resolve())
    write_archive(options.site_dir)
    sizes = [path.stat().st_size for path in options.site_dir.rglob("*") if path.is_file()]
    print(f"Built {options.site_dir}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
