"""The tables of docs/checked/index.md: what the course checks, and the form of each page.

`python tasks.py outputs` writes them; `python tests/site/checked.py` writes them without a run and
keeps the seconds.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from page_form import (
    FEWEST_SNIPPETS,
    FEWEST_WORDS,
    LONGEST_STRETCH,
    MOST_SNIPPETS,
    MOST_WORDS,
    find_lessons,
    measure,
)
from test_numbers import numbers

from dlcourse_site.pages import Course
from dlcourse_site.shapes import Shapes

# Between these comments the page is written by this file
PART = re.compile(r"(?<=<!-- last run -->\n).*?(?=<!-- end -->)", re.DOTALL)
EXCUSE = re.compile(r".*<!--number:\s*(.*?)\s*-->.*", re.DOTALL)
OTHERS = "Seconds of a processor, other pages"
CAPTION = (
    "The pages of the chapters, with the number of their snippets on the main line and in all:"
)
COLUMNS = ("page", "words", "at a stretch", "main line", "all", "figures", "seconds")
BUDGETS = (
    "*budget*",
    f"{FEWEST_WORDS} to {MOST_WORDS}",
    f"at most {LONGEST_STRETCH}",
    f"{FEWEST_SNIPPETS} to {MOST_SNIPPETS}",
    "",
    "1 to 6",
    "",
)
PINNED = ("torch", "torchvision", "numpy", "matplotlib", "pytest", "mkdocs")


def shape_comments(source: Path) -> int:
    """Count the shape comments of a snippet."""
    shapes = Shapes()
    with suppress(SyntaxError):
        shapes.compile(source.read_bytes(), str(source), "exec")
    return len(shapes.comments)


def pins(root: Path) -> dict[str, str]:
    """Return the version of each package that the outputs were made with."""
    text = (root / "constraints.txt").read_text("utf-8")
    return dict(line.split("==") for line in text.splitlines())


def counted(course: Course) -> dict[str, str]:
    """Return the rows that are compared: what, and how many or which."""
    pages = sorted(course.root.glob("docs/**/*.md"))
    labs = sorted(course.root.glob("docs/*/lab.py"))
    blocks = []
    numbers_excused = []
    for page in pages:
        blocks += course.read(page)
        numbers_excused += excuses(page)
    kinds = Counter(block.kind for block in blocks)
    snippets = [block.source for block in blocks if block.kind == "python" and block.source]
    shapes = sum(map(shape_comments, [*snippets, *labs]))
    bash = [block for block in blocks if block.kind == "excused"]
    resting = "; ".join(f"{course.name(block.path)}: {block.note}" for block in bash)
    reasons = Counter(numbers_excused).most_common()
    counted_reasons = ", ".join(f"{reason} ({count})" for reason, count in reasons)
    excused = f"{len(numbers_excused)}: {counted_reasons}".removesuffix(": ")
    versions = pins(course.root)
    return {
        "Pages": str(len(pages)),
        "Python blocks, run": str(kinds["python"]),
        "Bash blocks, run": str(kinds["bash"]),
        "Bash blocks, excused": f"{kinds['excused']} ({resting})",
        "Labs, run": str(len(labs)),
        "Outputs, compared": str(kinds["output"]),
        "Figures, drawn again": str(kinds["figure"]),
        "Numbers in sentences, bound": str(kinds["number"]),
        "Numbers in sentences, excused": excused,
        "Shape comments, compared": str(shapes),
        "Versions": ", ".join(f"{name} {versions[name]}" for name in PINNED),
    }


def excuses(page: Path) -> list[str]:
    """Return the reason of each number of a page that is excused."""
    reasons = []
    for _, text, what in numbers(page.read_text("utf-8")):
        if what == "excused":
            reasons.append(EXCUSE.sub(r"\1", text))
    return reasons


def tables_of(text: str) -> str:
    """Return the part of the page that holds its tables."""
    part = PART.search(text)
    return part[0] if part else ""


def read_rows(text: str) -> dict[str, str]:
    """Return the rows of the page's first table."""
    return dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", tables_of(text), re.MULTILINE))


def forms(course: Course) -> dict[str, list[int]]:
    """Return the measures of each chapter's page, in the order of COLUMNS."""
    rows = {}
    for name, page in find_lessons(course).items():
        form = measure(page, course)
        rows[name] = [form.main, form.stretch, form.main_line, form.snippets, form.figures]
    return rows


def read_forms(text: str) -> dict[str, list[int]]:
    """Return the rows of the page's second table: a chapter's measures and, last, its seconds."""
    row = r"^\| \[([\w-]+)\]\([^)]*\) \|((?: \d+ \|){6})$"
    forms = {}
    for name, cells in re.findall(row, tables_of(text), re.MULTILINE):
        forms[name] = [int(cell) for cell in re.findall(r"\d+", cells)]
    return forms


def read_seconds(text: str) -> dict[str, float]:
    """Return the seconds of each page that the tables tell."""
    others = read_rows(text).get(OTHERS, "")
    seconds = {}
    for name, count in re.findall(r"([\w-]+) (\d+)", others):
        seconds[name] = float(count)
    for name, cells in read_forms(text).items():
        seconds[name] = cells[-1]
    return seconds


def stale(course: Course, text: str) -> list[str]:
    """Return what the tables no longer tell correctly.

    Words may be off by a tenth, seconds by anything.
    """
    told: dict[str, object] = {**read_rows(text)}
    now: dict[str, object] = {**counted(course)}
    for name, cells in read_forms(text).items():
        told[name] = cells[2:5]
        told[f"words of {name}"] = cells[0]
    for name, cells in forms(course).items():
        now[name] = cells[2:]
        words = cells[0]
        before = told.get(f"words of {name}")
        is_near = isinstance(before, int) and abs(words - before) <= words / 10
        now[f"words of {name}"] = before if is_near else words
    different = [what for what in now if told.get(what) != now[what]]
    return [f"{what}: {told.get(what)} on the page, now {now[what]}" for what in different]


def row_of(cells: Iterable[object]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def write(course: Course, seconds: dict[str, float]) -> bool:
    """Write the tables where their counts no longer hold; tell whether anything was written."""
    page = course.root / "docs" / "checked" / "index.md"
    text = page.read_text("utf-8")
    if not stale(course, text):
        return False
    chapters = forms(course)
    seconds = read_seconds(text) | seconds
    others = []
    for name, value in sorted(seconds.items()):
        if name not in chapters:
            others.append(f"{name} {value:.0f}")
    rows = counted(course)
    rows["Python"] = f"`{sys.version_info[0]}.{sys.version_info[1]}`"
    rows[OTHERS] = ", ".join(others) or "none"
    table = [row_of(row) for row in rows.items()]
    head = [row_of(COLUMNS), "|---" * len(COLUMNS) + "|", row_of(BUDGETS)]
    form_rows = []
    for name, cells in chapters.items():
        link = f"[{name}](../{name}/index.md)"
        form_rows.append(row_of([link, *cells, f"{seconds.get(name, 0):.0f}"]))
    lines = ["", "| what | how many |", "|---|---|", *table, "", CAPTION, "", *head, *form_rows]
    tables = "\n".join([*lines, "", ""])
    page.write_text(PART.sub(lambda _: tables, text), "utf-8", newline="\n")
    return True


if __name__ == "__main__":
    write(Course(Path(__file__).resolve().parents[2]), {})
