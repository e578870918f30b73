"""The table of docs/checked/index.md: what the course checks, counted from its pages.

`python tasks.py outputs` writes it; `python tests/site/checked.py` does without a run and keeps the seconds.
"""

import re
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

from test_numbers import numbers

from dlcourse_site.pages import Course
from dlcourse_site.shapes import Shapes

PART = re.compile(r"(?<=<!-- last run -->\n).*?(?=<!-- end -->)", re.DOTALL)
SHOWN = ("torch", "torchvision", "numpy", "matplotlib", "pytest", "mkdocs")


def shape_comments(source: Path) -> int:
    """Count the shape comments of a snippet."""
    shapes = Shapes()
    with suppress(SyntaxError):
        shapes.compile(source.read_bytes(), str(source), "exec")
    return len(shapes.comments)


def pins(root: Path) -> dict[str, str]:
    """Return the version of each package that the outputs were made with."""
    return dict(line.split("==") for line in (root / "constraints.txt").read_text("utf-8").splitlines())


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
        f"{course.at(block).split(':')[0]}: {block.note}" for block in blocks if block.kind == "excused"
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
    return [re.sub(r".*<!--number:\s*(.*?)\s*-->.*", r"\1", text, flags=re.DOTALL) for text in found]


def read_rows(text: str) -> dict[str, str]:
    """Return the rows of the page's table."""
    part = PART.search(text)
    return dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", part[0] if part else "", re.MULTILINE))


def write(course: Course, seconds: dict[str, float]) -> bool:
    """Write the table where its counts no longer hold; tell whether they did not."""
    page = course.root / "docs" / "checked" / "index.md"
    text, rows = page.read_text("utf-8"), counted(course)
    if rows.items() <= read_rows(text).items():
        return False
    each = ", ".join(f"{name} {value:.0f}" for name, value in sorted(seconds.items()))
    rows["Python"] = f"`{sys.version_info[0]}.{sys.version_info[1]}`"
    rows["Seconds a page"] = each or read_rows(text).get("Seconds a page", "")
    table = "".join(f"| {what} | {how_many} |\n" for what, how_many in rows.items())
    page.write_text(
        PART.sub(lambda _: f"\n| what | how many |\n|---|---|\n{table}\n", text), "utf-8", newline="\n"
    )
    return True


if __name__ == "__main__":
    write(Course(Path(__file__).resolve().parents[2]), {})
