"""No page, docstring or snippet is misspelled, and each word of the prose is in a dictionary.

The spelling is American, as that of PyTorch: the word in the text is the word in the code.

codespell knows the misspellings. The glossary's terms are words; jargon.txt excuses others.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from spellchecker import SpellChecker
from test_numbers import NOT_PROSE

from dlcourse_site.glossary import ENTRY
from dlcourse_site.pages import blank
from dlcourse_site.places import line_of

ROOT = Path(__file__).resolve().parents[2]
JARGON = Path(__file__).with_name("jargon.txt")
FROZEN = ROOT / "src" / "dlcourse" / "data" / "course.txt"  # the pages of an earlier day
CORRECTED = r'^  \w+: "\w+",$'  # a line of the misspelled words that the search corrects
KINDS = ("*.md", "*.py", "*.txt", "*.toml", "*.yml", "*.html", "*.js", "*.css")
WORD = re.compile(
    r"(?<![\w.@/&-])[a-z]+(?:['’][a-z]+)?(?![\w/;]|:/)"
)  # with a capital it may be a name


def misspelled(*paths):
    """Return a line for each misspelling in some files."""
    options = [
        "--builtin",
        "clear,rare,en-GB_to_en-US",
        "--ignore-words",
        str(JARGON),
        "--ignore-regex",
        CORRECTED,
    ]
    command = [sys.executable, "-m", "codespell_lib", *options, *map(str, paths)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.splitlines()


def test_nothing_is_misspelled():
    folders = [ROOT / name for name in ("docs", "snippets", "src", "overrides")]
    files = [path for folder in folders for kind in KINDS for path in folder.rglob(kind)]
    files = [
        path.relative_to(ROOT) for path in files if "built" not in path.parts and path != FROZEN
    ]
    assert {path.parts[0] for path in files} == {folder.name for folder in folders}  # all were seen
    assert misspelled(*files, *(path.name for path in ROOT.glob("*.md"))) == []


def test_a_misspelling_is_named_with_its_line(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Home\n\nA neural netwrok has weigths.\n", "utf-8")
    found = misspelled(page)
    assert [line.split(": ")[1] for line in found] == ["netwrok ==> network", "weigths ==> weights"]
    assert all(f"{page}:3" in line for line in found)


@pytest.fixture(scope="module")
def known() -> SpellChecker:
    """Return a dictionary with the course's own words."""
    words, page = SpellChecker(), ROOT / "docs" / "glossary" / "index.md"
    terms = " ".join(
        f"{term['name']} {term['forms']}" for term in ENTRY.finditer(page.read_text("utf-8"))
    )
    words.word_frequency.load_words(re.split(r"[\s,]+", f"{JARGON.read_text('utf-8')} {terms}"))
    return words


def unknown(page: Path, known: SpellChecker) -> list[str]:
    """Return the words of a page's or a lab's prose that no dictionary has, with their lines."""
    text, found = page.read_text("utf-8"), []
    if page.suffix == ".py":  # what is no comment is code
        text = "\n".join(line[2:] if line.startswith("# ") else "" for line in text.split("\n"))
    for pattern in NOT_PROSE:
        text = blank(pattern, text)
    for word in WORD.finditer(text):
        plain = re.sub("'s$", "", word[0].replace("’", "'"))
        if not known.known([plain]):
            line = line_of(text, word.start())
            found.append(f"{page}:{line}: {word[0]}: fix it, or add it to tests/site/jargon.txt")
    return found


def prose() -> list[Path]:
    """Return what people read: README and its like, pages, labs, tasks of exercises."""
    return [
        *ROOT.glob("*.md"),
        *sorted(ROOT.glob("docs/**/*.md")),
        *sorted(ROOT.glob("docs/*/lab.py")),
        *sorted(ROOT.glob("src/dlcourse/exercises/**/*.md")),
    ]


def test_every_word_is_known(known):
    found = [line for page in prose() for line in unknown(page, known)]
    assert not found, "\n".join(found).replace(f"{ROOT}/", "")


def test_unknown_word_is_named_with_its_line(known, tmp_path):
    page, lab = tmp_path / "page.md", tmp_path / "lab.py"
    page.write_text(
        "# Home\n\nA `qwx` isn’t the neuron’s (Hubel).\nA **nouron** well-known.\n", "utf-8"
    )
    assert [line.split(": fix")[0] for line in unknown(page, known)] == [f"{page}:4: nouron"]
    lab.write_text("# %% [markdown]\n# # A lab\n# of nourons\n\n# %%\nnourons = 1\n", "utf-8")
    assert [line.split(": fix")[0] for line in unknown(lab, known)] == [f"{lab}:3: nourons"]


def test_a_british_spelling_is_named(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Home\n\nThe optimiser has neighbours, a colour and a centre.\n", "utf-8")
    found = {line.split(": ")[1] for line in misspelled(page)}
    assert found == {
        "optimiser ==> optimizer",
        "neighbours ==> neighbors",
        "colour ==> color",
        "centre ==> center",
    }


def test_jargon_is_sorted_and_used():
    words = JARGON.read_text("utf-8").split()
    assert words == sorted(set(words))
    texts = " ".join(page.read_text("utf-8").lower() for page in prose())
    assert [word for word in words if word not in texts] == []
