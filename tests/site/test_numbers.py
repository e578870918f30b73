"""A number in prose that looks computed is bound to a snippet, has its source, or is excused.

`python tests/site/test_numbers.py [page ...]` lists those that are not, one a line.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dlcourse_site.pages import FENCE, FRONT_MATTER, blank
from dlcourse_site.places import line_of

ROOT = Path(__file__).resolve().parents[2]
PAGES, LABS = sorted((ROOT / "docs").rglob("*.md")), sorted((ROOT / "docs").glob("*/lab.py"))
REMEDY = (
    "bind it (12<!--= snippet.name -->), cite its source in the sentence,"
    " or say why it stands (12<!--number: given-->)"
)
UNITS = re.sub(
    r"\s",
    "",
    """
    activations|additions|answers|batches|biases|bits|bytes|channels|characters|classes|
    columns|copies|cores|correlations|coefficients|curves|cycles|digits|dimensions|draws|
    edges|elements|entries|epochs|errors|examples|features|filters|gates|gradients|guesses|
    heads|hours?|images|inputs?|instructions|iterations|kB|kernels|labels|layers|letters|
    lines|logits|matrices|MB|MiB|GB|GiB|milliseconds?|mini-batches|ms|multiplications|nats|
    networks|neurons|nodes?|numbers|operations|outputs?|parameters|participants|passes|
    patients|people|pictures|pixels|points|positions|predictions|products|questions|rows|
    samples|seconds?|seeds|sentences|spikes|steps|students|sums|synapses|tensors|tests|times|
    tokens|updates|units|values|weights|words|thousand|million|billion|trillion
""",
)
LINKING = (
    r"(?:to|and|or|in|of|by|on|for|with|at|than|is|are|as)\b"  # what follows is not what is counted
)
NUMBER = re.compile(
    # Not in a name, date or version
    r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?P<decimal>\.\d+)?(?!\w|\.\d)"
    r"(?P<behind>[*_]*<!--(?:=|number:\s*\S).*?-->)?"
    r"(?P<percent>[*_]*\s?(?:%|percent\b|percent\b))?"
    r"(?P<late>[*_]*<!--number:\s*\S.*?-->)?"  # an excuse behind the percent sign
    rf"(?P<unit>[*_]*[-\s](?:(?!{LINKING})[a-z][-a-z]*\s)?(?:{UNITS})\b)?"
)
NAMED = re.compile(
    r"(?:Python|PyTorch|BY|version|Gemini|GPT|[Ee]quation|[Ff]igure|[Ss]ection) ?-?$"
)
CITED = re.compile(r"\([^()]*\b(?:1[789]|20)\d\d[a-z]?\b[^()]*\)|\]\(https://|<https://")
NOT_PROSE = (
    FRONT_MATTER,
    FENCE,
    re.compile(r"^## Sources\b.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE),
    re.compile(r"!\[[^\]]*\]\([^)]*\)"),  # looked at by `described`: it holds no comment
    re.compile(r"^::: frames .*$", re.MULTILINE),  # this, too
    re.compile(r"(`+)[^`].*?\1", re.DOTALL),
    re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL),
    re.compile(r"<(option|label)\b.*?</\1>"),  # a choice that a reader has: no claim
    re.compile(r"<!--\s*(?!=|number:).*?-->|<(?!!--|https?:)[^>\n]*>", re.DOTALL),
    re.compile(r"\{[^{}\n]*#[^{}\n]*\}"),  # attributes
    re.compile(r"(?<=\]\()(?!https:)[^)\s]*(?=[)\s])"),
)
SENTENCE_END = re.compile(
    # A new sentence
    r"(?<!\bal)(?<!e\.g)(?<!i\.e)(?<!\bvs)[.!?:][\"”’)*_]*\s+(?=[\"“(\[*_$`]*[A-Z\d−-])"
    # A paragraph, row, item, box or heading
    r"|\n\s*\n|\n(?=\s*(?:\||[-*] |\d+\. |\?\?\?|!!!|===|#))"
)


def sentences(prose: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence, table row or heading with its place in the text."""
    start = 0
    for end in [*SENTENCE_END.finditer(prose), None]:
        yield start, prose[start : end.start() + 1 if end else None]
        start = end.end() if end else start


def numbers(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, number and state (unbound, excused, misplaced) of what looks computed."""
    for pattern in NOT_PROSE:
        text = blank(pattern, text)
    for start, sentence in sentences(text):
        is_cited, held = CITED.search(sentence), 0
        for number in NUMBER.finditer(sentence):
            behind, line = number["behind"] or "", line_of(text, start + number.start())
            looks = number["decimal"] or number["percent"] or number["unit"]
            is_excused = "<!--number:" in behind or number["late"]
            held += bool(is_excused)
            if is_excused:
                yield line, number[0], "excused"
            elif (
                looks
                and not behind
                and not is_cited
                and not NAMED.search(sentence[: number.start()])
            ):
                yield line, " ".join(number[0].split()), "unbound"
        for excuse in list(re.finditer("<!--number:", sentence))[held:]:
            yield line_of(text, start + excuse.start()), "<!--number:", "misplaced"


def findings(path: Path) -> list[str]:
    """Return the numbers of a page that nothing holds: place, number, and how to remedy it."""
    told = {
        "unbound": REMEDY,
        "misplaced": "an excuse needs a reason and stands directly behind its number",
    }
    found = numbers(path.read_text("utf-8"))
    place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return [
        f"{place}:{line}: {number}: {told[what]}" for line, number, what in found if what in told
    ]


PICTURE = re.compile(r'!\[([^\]]*)\]\((snippets/[^)\s]+?)(?:-\d+)?\.svg(?: "([^"]*)")?\)')
FRAMES = re.compile(r"^::: frames (\S+) (.*)$", re.MULTILINE)
DIGITS = re.compile(r"\d+(?:[,_]\d{3})*(?:\.\d+)?")


def said(text: str) -> set[str]:
    """Return the numbers of a text, code or drawing, without signs, commas and underscores."""
    return {re.sub("[,_]", "", number) for number in DIGITS.findall(text)}


def words(file: Path) -> str:
    """Return a text, or the words of a drawing without its coordinates."""
    text = file.read_text("utf-8")
    return (
        " ".join(re.findall(r">([^<>]+)</(?:text|tspan)>", text)) if file.suffix == ".svg" else text
    )


def loose(text: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """Yield line and number for what looks computed in a text, if it is none of the known ones."""
    for line, number, what in numbers(text):
        if what == "unbound" and not said(number) <= known:
            yield line, number


def described(path: Path, root: Path = ROOT) -> list[str]:
    """Return the numbers of alternative texts and captions that nothing else on the page holds."""
    text, found = path.read_text("utf-8"), []
    bound = said(" ".join(number[0] for number in NUMBER.finditer(text) if number["behind"]))
    pictures = [(one, one[2], f"{one[1]}. {one[3] or ''}") for one in PICTURE.finditer(text)]
    pictures += [(one, f"snippets/{one[1]}", one[2]) for one in FRAMES.finditer(text)]
    for picture, snippet, words_on_it in pictures:
        files = [*root.glob(f"{snippet}.*"), *root.glob(f"{snippet}-*.svg")]
        known = bound.union(*(said(words(file)) for file in files))
        for _, number in loose(words_on_it, known):
            line = line_of(text, picture.start())
            remedy = f"neither {snippet}.py nor what it prints or draws has it"
            found.append(f"{path}:{line}: {number}: {remedy}")
    return found


def narrated(path: Path) -> list[str]:
    """Return the numbers in a lab's text that its code does not hold."""
    lines = path.read_text("utf-8").splitlines()
    known = said("\n".join(line for line in lines if not line.startswith("#")))
    text = "\n".join(
        line[2:] if line.startswith("# ") and line[2:4] != "%%" else "" for line in lines
    )
    return [f"{path}:{line}: {number}: no cell has it" for line, number in loose(text, known)]


HELD = {
    "bound": "It is 0.525<!--= forward.y:.3f -->, and 12<!--= count.num_pixels --> pixels.",
    "cited": "It has 86 billion neurons (Azevedo et al., 2009).",
    "cited by name": "Beniaguev et al. (2021) needed 7 layers.",
    "linked": "It is 0.5 [there](https://example.org/a).",
    "cited in a row": "| x | y |\n|---|---|\n| 99.1 % | (Cireşan et al., 2012) |",
    "code": "Set `rate = 0.5` and $x = 0.5$ and\n\n$$y = 0.5$$\n\n```text\n0.5\n```\n",
    "not computed": "In 2012 and Python 3.11, chapter 3, $w$ is 1 under CC BY 4.0, and 3 are left.",
    "sources": "## Sources { #sources }\n\n- A. Author (2009). Of 12 pictures and 0.5.\n",
    "picture": "![Two lines that meet at 0.5](snippets/neuron/x.svg)",
    "frames": "::: frames neuron/x Two lines that meet at 0.5",
}
LOOSE = {
    "decimal": ("It is 0.5.", "unbound"),
    "negative": ("It is −0.5.", "unbound"),
    "percentage": ("It is 12 %.", "unbound"),
    "percent": ("It is 12 percent.", "unbound"),
    "count": ("It has 1,797 pictures.", "unbound"),
    "count of two words": ("It has 12 hidden\nunits.", "unbound"),
    "round": ("It has 2 million.", "unbound"),
    "cited elsewhere": ("So says Hebb (1949). It is 0.5.", "unbound"),
    "cited in another row": ("| 0.5 | here |\n| there | (Hebb, 1949) |", "unbound"),
    "after the sources": ("## Sources\n\n- A (2009).\n\n## More\n\n0.5 of it.\n", "unbound"),
    "in a box": ('??? question "1. The loss is 0.5"\n\n    Why?\n', "unbound"),
    "excused": ("It is 0.5<!--number: given-->.", "excused"),
    "excused percentage": ("It is 12 %<!--number: given-->.", "excused"),
    "excused count": ("It has 12<!--number: given--> pictures.", "excused"),
    "excused without reason": ("It is 0.5<!--number: -->.", "misplaced"),
    "excuse of nothing": ("It is <!--number: given-->0.5.", "misplaced"),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_number_in_prose_is_held(page, record_property):
    found = [what for _, _, what in numbers(page.read_text("utf-8"))]
    record_property("course", {"excused_number": found.count("excused")})
    found = findings(page) + described(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.relative_to(ROOT).as_posix())
def test_number_in_a_lab_stands_in_its_code(lab):
    assert narrated(lab) == []


@pytest.mark.parametrize("line", ["![It ends at {}](snippets/x.svg)", "::: frames x It ends at {}"])
@pytest.mark.parametrize("number", ["0.25", "0.5", "0.75", "1,797 pictures", "12 %", "0.9", "0.1"])
def test_number_of_an_alternative_text_is_in_what_made_the_picture(tmp_path, number, line):
    page = tmp_path / "index.md"
    text = f"Hm.\n\n{line.format(number)}\n\nSo 0.75<!--= x.y --> is it.\n"
    page.write_text(text, "utf-8")
    (tmp_path / "snippets").mkdir()
    files = {
        "x.py": "y = 1_797 / 12",
        "x.out": "0.25\n",
        "x.svg": '<path d="0.1"/><text>0.5</text>',
    }
    for name, text in files.items():
        (tmp_path / "snippets" / name).write_text(text, "utf-8")
    found = described(page, tmp_path)
    assert bool(found) == (number in ("0.9", "0.1"))  # 0.1 is a coordinate
    assert all(line.startswith(f"{page}:3: {number}: neither") for line in found)


@pytest.mark.parametrize("number", ["0.5", "0.7"])
def test_number_in_a_lab_is_in_a_cell(tmp_path, number):
    lab = tmp_path / "lab.py"
    lab.write_text(f"# %% [markdown]\n# # Lab\n#\n# It is {number}.\n\n# %%\nx = 0.7\n", "utf-8")
    assert narrated(lab) == ([f"{lab}:4: 0.5: no cell has it"] if number == "0.5" else [])


@pytest.mark.parametrize("name", HELD)
def test_held_number_is_left_alone(name):
    assert list(numbers(HELD[name])) == []


@pytest.mark.parametrize("name", LOOSE)
def test_loose_number_is_found(name):
    text, what = LOOSE[name]
    assert what in [found for _, _, found in numbers(text)]


def test_place_of_a_number_is_its_line():
    text = "---\ntitle: x\n---\n\n```text\n1\n```\n\nA sentence.\nIt is 0.5.\n"
    assert list(numbers(text)) == [(10, "0.5", "unbound")]


if __name__ == "__main__":
    for page in [Path(name).resolve() for name in sys.argv[1:]] or PAGES:
        for finding in findings(page):
            print(finding)
