"""The tables of docs/checked/index.md: what the course checks, and each page's form, counted from the pages.

`python tasks.py outputs` writes it; `python tests/site/checked.py` does without a run and keeps the seconds.
"""

import re
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

from test_numbers import numbers
from test_page_form import (
    FEWEST_SNIPPETS,
    FEWEST_WORDS,
    LONGEST_STRETCH,
    MOST_SNIPPETS,
    MOST_WORDS,
    measure_all,
)

from dlcourse_site.pages import Course
from dlcourse_site.shapes import Shapes

PART = re.compile(r"(?<=<!-- last run -->\n).*?(?=<!-- end -->)", re.DOTALL)
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
    "1 to 3",
    "",
)
SHOWN = ("torch", "torchvision", "numpy", "matplotlib", "pytest", "mkdocs")


def shape_comments(source: Path) -> int:
    """Count the shape comments of a snippet."""
    shapes = Shapes()
    with suppress(SyntaxError):
        shapes.compile(source.read_bytes(), str(source), "exec")
    return len(shapes.comments)


def pins(root: Path) -> dict[str, str]:
    """Return the version of each package that the outputs were made with."""
    return dict(
        line.split("==") for line in (root / "constraints.txt").read_text("utf-8").splitlines()
    )


def counted(course: Course) -> dict[str, str]:
    """Return the rows that are compared: what, and how many or which."""
    pages = [path for path in course.paths() if path.suffix == ".md"]
    labs = [path for path in course.paths() if path.suffix == ".py"]
    blocks = [block for page in pages for block in course.read(page)]
    kinds = Counter(block.kind for block in blocks)
    snippets = [block.source for block in blocks if block.kind == "python" and block.source]
    excused = [reason for page in pages for reason in excuses(page)]
    reasons = ", ".join(f"{reason} ({count})" for reason, count in Counter(excused).most_common())
    resting = "; ".join(
        f"{course.at(block).split(':')[0]}: {block.note}"
        for block in blocks
        if block.kind == "excused"
    )
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
        "Numbers in sentences, excused": f"{len(excused)}: {reasons}".removesuffix(": "),
        "Shape comments, compared": str(sum(map(shape_comments, [*snippets, *labs]))),
        "Versions": ", ".join(f"{name} {versions[name]}" for name in SHOWN),
    }


def excuses(page: Path) -> list[str]:
    """Return the reason of each number of a page that is excused."""
    found = [text for _, text, what in numbers(page.read_text("utf-8")) if what == "excused"]
    return [
        re.sub(r".*<!--number:\s*(.*?)\s*-->.*", r"\1", text, flags=re.DOTALL) for text in found
    ]


def read_rows(text: str) -> dict[str, str]:
    """Return the rows of the page's first table."""
    part = PART.search(text)
    return dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", part[0] if part else "", re.MULTILINE))


def forms(course: Course) -> dict[str, list[int]]:
    """Return the measures of each chapter's page, in the order of COLUMNS."""
    return {
        name: [form.main, form.stretch, form.main_line, form.snippets, form.figures]
        for name, form in measure_all(course).items()
    }


def read_forms(text: str) -> dict[str, list[int]]:
    """Return the rows of the page's second table: a chapter's measures and, last, its seconds."""
    part = PART.search(text)
    rows = re.findall(
        r"^\| \[([\w-]+)\]\([^)]*\) \|((?: \d+ \|){6})$", part[0] if part else "", re.MULTILINE
    )
    return {name: [int(cell) for cell in re.findall(r"\d+", cells)] for name, cells in rows}


def read_seconds(text: str) -> dict[str, float]:
    """Return the seconds of each page that the tables tell."""
    others = re.findall(r"([\w-]+) (\d+)", read_rows(text).get(OTHERS, ""))
    return {name: float(seconds) for name, seconds in others} | {
        name: cells[-1] for name, cells in read_forms(text).items()
    }


def stale(course: Course, text: str) -> list[str]:
    """Return what the tables no longer tell rightly; words may be off by a tenth, seconds by anything."""
    told: dict[str, object] = {**read_rows(text)}
    now: dict[str, object] = {**counted(course)}
    for name, cells in read_forms(text).items():
        told[name] = cells[2:5]
        told[f"words of {name}"] = cells[0]
    for name, cells in forms(course).items():
        now[name] = cells[2:]
        words, before = cells[0], told.get(f"words of {name}")
        is_near = isinstance(before, int) and abs(words - before) <= words / 10
        now[f"words of {name}"] = before if is_near else words
    return [
        f"{what}: {told.get(what)} on the page, now {now[what]}"
        for what in now
        if told.get(what) != now[what]
    ]


def write(course: Course, seconds: dict[str, float]) -> bool:
    """Write the tables where their counts no longer hold; tell whether they did not."""
    page = course.root / "docs" / "checked" / "index.md"
    text, rows = page.read_text("utf-8"), counted(course)
    if not stale(course, text):
        return False
    seconds, chapters = read_seconds(text) | seconds, forms(course)
    others = [
        f"{name} {value:.0f}" for name, value in sorted(seconds.items()) if name not in chapters
    ]
    rows["Python"] = f"`{sys.version_info[0]}.{sys.version_info[1]}`"
    rows[OTHERS] = ", ".join(others) or "none"
    table = "".join(f"| {what} | {how_many} |\n" for what, how_many in rows.items())
    lines = [
        f"| [{name}](../{name}/index.md) | {' | '.join(map(str, cells))} | {seconds.get(name, 0):.0f} |\n"
        for name, cells in chapters.items()
    ]
    head = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|\n| {' | '.join(BUDGETS)} |\n"
    tables = f"\n| what | how many |\n|---|---|\n{table}\n{CAPTION}\n\n{head}{''.join(lines)}\n"
    page.write_text(PART.sub(lambda _: tables, text), "utf-8", newline="\n")
    return True


if __name__ == "__main__":
    write(Course(Path(__file__).resolve().parents[2]), {})
