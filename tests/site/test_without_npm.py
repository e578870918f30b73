"""A site that is built where npm has installed nothing: it says so in one line, and reads well."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as etree
from pathlib import Path

import pytest
from built_pages import Page

from dlcourse_site import katex

ROOT = Path(__file__).resolve().parents[2]
MATH = "{http://www.w3.org/1998/Math/MathML}"
PAGE = """
Weights $w_i$ scale the inputs: $\\arg\\max_i w_i x_i$.

$$
z = \\sum_i w_i x_i + b
$$
"""
SNIPPET = 'print("a neuron")\n'  # which a browser could run


@pytest.fixture(scope="module")
def built(tiny_course_in, tmp_path_factory):
    """Return the folder of a small site without npm's packages, and what its build said."""
    course = tiny_course_in(tmp_path_factory.mktemp("plain"))
    unwanted = shutil.ignore_patterns("built", "__pycache__")
    for name in ("src/dlcourse_site", "overrides", "docs/assets"):
        shutil.copytree(ROOT / name, course.root / name, ignore=unwanted)
    course.write("docs/index.md", "# Home\n\n## Install { #install }\n\n<!--archive-->\n")
    course.write("docs/glossary/index.md", "# Glossary\n")
    course.write("docs/neuron/index.md", course.read("docs/neuron/index.md") + PAGE)
    course.write("snippets/neuron/forward.py", SNIPPET)
    pages = ["index.md", "neuron/index.md", "neuron/lab.py", "glossary/index.md"]
    settings = re.sub(r"(?ms)^nav:.*", f"nav: {pages}\n", course.read("mkdocs.yml"))
    course.write("mkdocs.yml", settings)
    site = course.root / "site"
    path = f"{course.root / 'src'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    done = subprocess.run(
        [sys.executable, "-m", "dlcourse_site.build"],
        cwd=course.root,
        env={**os.environ, "PYTHONPATH": path, "DLCOURSE_RUN_LABS": "false"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return site, done.stderr


def test_the_build_says_in_one_line_what_is_missing(built):
    _, said = built
    lines = [line for line in said.splitlines() if "npm" in line]
    assert len(lines) == 1
    assert lines[0].startswith("dlcourse_site: npm's packages are missing: ")
    assert "python tasks.py serve" in lines[0]


def test_formulas_are_mathml_without_a_command_of_latex(built):
    site, _ = built
    page = (site / "neuron" / "index.html").read_text("utf-8")
    formulas = [etree.fromstring(math) for math in re.findall(r"<math .*?</math>", page)]
    assert [formula.get("display") for formula in formulas] == ["inline", "inline", "block"]
    words = " ".join("".join(formula.itertext()) for formula in formulas)
    assert "\\" not in words
    assert "arg" in words
    assert formulas[2].find(f".//{MATH}munder") is not None or "∑" in words


def test_no_button_is_dead_and_no_file_is_missing(built):
    site, _ = built
    text = (site / "neuron" / "index.html").read_text("utf-8")
    assert "snippets/neuron/forward.py" in text
    assert "<python-runner" not in text
    page = Page(site / "neuron" / "index.html")
    loads = [url for url in page.loads if not url.startswith("data:")]
    assert any("katex.min.css" in url for url in loads)
    for url in loads:
        assert (site / "neuron" / url.partition("?")[0]).is_file(), url


def test_a_formula_that_cannot_be_read_is_shown_as_its_source(monkeypatch, tmp_path):
    monkeypatch.setattr(katex, "KATEX", tmp_path)
    assert katex.write_mathml("w_1_2 < 3", is_display=False) == "<code>w_1_2 &lt; 3</code>"
