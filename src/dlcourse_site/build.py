"""Build the site: `python -m dlcourse_site.build` derives what the pages need and runs mkdocs."""

import argparse
import os
import re
import sys
from pathlib import Path

from dlcourse_site.katex import KATEX, MISSING, ROOT

CONFIG = ROOT / "mkdocs.yml"
BUILT = ROOT / "docs" / "assets" / "built"
# Today's browsers take woff2
OTHER_FONTS = re.compile(r',url\([^)]+\.(?:woff|ttf)\) format\("[a-z]+"\)')


def derived() -> dict[str, bytes]:
    """Return KaTeX's style sheet, its fonts, and each lab as a notebook, by their path in BUILT."""
    from dlcourse_site.labs import write_notebook

    if not KATEX.is_dir():
        sys.exit(f"dlcourse_site: {MISSING}")
    style = (KATEX / "dist" / "katex.min.css").read_text("utf-8")
    style = OTHER_FONTS.sub("", style)
    files = {"katex/katex.min.css": style.encode("utf-8")}
    for name in re.findall(r"url\((fonts/[^)]+)\)", style):
        files[f"katex/{name}"] = (KATEX / "dist" / name).read_bytes()
    for lab in ROOT.glob("docs/*/lab.py"):
        files[f"labs/{lab.parent.name}.ipynb"] = write_notebook(lab)
    return files


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
    """Run `mkdocs build --strict`, and exit with its code where it fails.

    The options -q and -v are not given, because they hide the warnings that --strict counts.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # On a busy machine a lab took 70 s with two threads, 2 s with one
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from mkdocs.__main__ import cli  # here, because it reads the environment when it is imported
    from mkdocs.exceptions import Abort

    command = ["build", "--strict", "--config-file", str(CONFIG), "--site-dir", str(site_dir)]
    try:
        cli(command, standalone_mode=False)
    except Abort as error:
        sys.exit(f"dlcourse_site: {error.format_message()}")
    except Exception:
        # mkdocs has logged the error with its page; a traceback through mkdocs would hide that line
        sys.exit("dlcourse_site: the build stopped at the error above")


def main() -> None:
    """Derive, build, and print the size of the site; mkdocs has told the seconds."""
    parser = argparse.ArgumentParser(prog="python -m dlcourse_site.build", description=main.__doc__)
    parser.add_argument("--derive-only", action="store_true", help="only what `mkdocs serve` needs")
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site", help="default: site/")
    options = parser.parse_args()
    derive()
    if options.derive_only:
        return
    build(options.site_dir.resolve())
    files = [path for path in options.site_dir.rglob("*") if path.is_file()]
    num_bytes = sum(path.stat().st_size for path in files)
    print(f"Built {options.site_dir}: {len(files)} files, {num_bytes / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
