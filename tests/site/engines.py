"""Build the site with other generators, and count what readers see on its pages.

`python tests/site/engines.py` prints the counts side by side. It needs the dependency group
`engines` beside `site` and `test`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from dlcourse_site.build import JUPYTER, ROOT, derive
from dlcourse_site.labs import lab_page

GENERATORS = ("properdocs", "zensical")
# The parts of a page's content that are counted, by how their HTML begins
PARTS = {
    "code blocks": r"<pre\b",
    "formulas": r'<(?:div|bdi|span) class="arithmatex"',
    "figures": r"<figure\b",
    "images": r"<img\b",
    "tables": r"<table\b",
    "API objects": r'<div class="doc doc-object\b',
    "notes on dlcourse": r'<p class="needs"',
    "links to terms": r'<a class="term"',
    "admonitions": r'<(?:div class="admonition|details)\b',
}


def copy_project(folder: Path) -> Path:
    """Copy what a generator without mkdocs-jupyter reads, and return the copy's settings.

    Each lab is run, and becomes a page in Markdown.
    """
    for name in ("docs", "overrides", "snippets", "src"):
        shutil.copytree(ROOT / name, folder / name)
    settings = Path(shutil.copy(ROOT / "mkdocs.yml", folder))
    for page in [settings, *folder.glob("docs/**/*.md")]:
        text = page.read_text("utf-8")
        page.write_text(text.replace("lab.py", "lab/index.md"), "utf-8")
    for lab in folder.glob("docs/*/lab.py"):
        place = lab.with_suffix("")
        place.mkdir()
        (place / "index.md").write_text(lab_page(lab), "utf-8")
        lab.rename(place / "lab.py")  # to take away
    return settings


def build(generator: str, folder: Path) -> Path:
    """Build the site with a generator in an empty folder, and return the site's folder.

    Raises: CalledProcessError where the generator fails.
    """
    derive()
    site = folder / "site"
    environment = {**os.environ, "DLCOURSE_RUN_LABS": "true", "NO_MKDOCS_2_WARNING": "1"}
    environment["JUPYTER_CONFIG_PATH"] = str(JUPYTER)
    if generator == "zensical":  # it has no mkdocs-jupyter, and writes beside the settings
        settings = copy_project(folder)
        options = ["--config-file", str(settings)]
    else:
        options = ["--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(site)]
    command = [sys.executable, "-m", generator, "build", *options]
    subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return site


def content(page: str) -> str:
    """Return the HTML of a page's content, without what the theme puts around it."""
    return page.partition("<article")[2].partition("</article>")[0]


def count(site: Path) -> dict[str, Counter[str]]:
    """Return how often each part stands on each page of a built site."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        text = content(path.read_text("utf-8"))
        if name != "404.html":  # the theme's
            found = {part: len(re.findall(start, text)) for part, start in PARTS.items()}
            pages[name] = Counter(found)
    return pages


def totals(pages: dict[str, Counter[str]]) -> dict[str, int]:
    """Return the number of pages, and that of each part on all of them."""
    sums = {"pages": len(pages)}
    for part in PARTS:
        sums[part] = sum(found[part] for found in pages.values())
    return sums


def main() -> None:
    """Print the counts of MkDocs with Material and of the other generators side by side."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "mkdocs"
        command = [sys.executable, "-m", "dlcourse_site.build", "--site-dir", str(site)]
        subprocess.run(command, check=True, capture_output=True)
        counts = {"mkdocs": totals(count(site))}
        for generator in GENERATORS:
            place = Path(folder) / generator
            place.mkdir()
            counts[generator] = totals(count(build(generator, place)))
    print(f"{'':20}", *(f"{name:>11}" for name in counts))
    for part in counts["mkdocs"]:
        print(f"{part:20}", *(f"{sums[part]:11,}" for sums in counts.values()))


if __name__ == "__main__":
    main()
