"""Build the site: `python -m dlcourse_site.build` derives what the pages need and runs mkdocs."""

import argparse
import itertools
import os
import re
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from rich.console import Console

from dlcourse_site.katex import KATEX, MISSING, ROOT

CONFIG = ROOT / "mkdocs.yml"
JUPYTER = Path(__file__).with_name("jupyter")  # settings of Jupyter's programs
SEARCH = Path(__file__).with_name("search.js")
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
    """Build the site strictly, and exit with 1 where that fails; put our script into its search."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # On a busy machine a lab took 70 s with two threads, 2 s with one
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Labs talk to their kernel in encrypted messages: a kernel warns of any others
    others = os.environ.get("JUPYTER_CONFIG_PATH", JUPYTER)
    os.environ["JUPYTER_CONFIG_PATH"] = f"{JUPYTER}{os.pathsep}{others}"
    from dlcourse_site.mkdocs_site import build_site  # here, because it reads the environment

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

        build_site(CONFIG, site_dir, tell)
    for worker in site_dir.glob("assets/javascripts/workers/search.*.js"):
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
    sizes = [path.stat().st_size for path in options.site_dir.rglob("*") if path.is_file()]
    print(f"Built {options.site_dir}: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
