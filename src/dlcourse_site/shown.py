"""What takes the place of a line such as `::: exercise neuron/weighted_sum` on a page, as Markdown.

Other lines of this kind are `::: quiz neuron`, `::: sort overview`,
`::: frames gan/ring What they show`, `::: exercises` and `::: course_map`. Frames are the figures
of a snippet. It prints a caption for each figure, and may go on after an empty line.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from jinja2 import Template

from dlcourse.exercises.catalog import load_exercises, load_quiz, read_objectives
from dlcourse_site.places import EXERCISES, BrokenRule
from dlcourse_site.settings import read_front_matter, read_settings

TEMPLATES = Path(__file__).with_name("templates")
LINE = re.compile(
    r"^::: (?P<kind>course_map|exercises|exercise|frames|quiz|sort)\b *(?P<name>.*)$", re.MULTILINE
)

FRAMES = re.compile(r"^::: (frames) (.*)$", re.MULTILINE)


def show(line: re.Match[str], root: Path) -> str:
    """Return the Markdown that takes the place of a line in a project folder.

    Raises: BrokenRule where there is no such exercise, quiz or list to sort, and for frames without
    captions or words on what they show.
    """
    kind, name = line.groups()
    docs = root / "docs"
    exercises = load_exercises(root / EXERCISES)
    values: dict[str, Any] = {
        "matter": lambda page: read_front_matter(docs / page),
        "objectives": lambda page: read_objectives(docs / page),
    }
    if kind == "exercise":
        values["exercise"] = next((one for one in exercises if one.id == name), None)
    elif kind == "exercises":
        values["exercises"] = exercises
    elif kind == "quiz":
        values["questions"] = load_quiz(name, root / EXERCISES)
    elif kind == "frames":
        snippet, _, values["shows"] = name.partition(" ")
        values["snippet"] = snippet
        files = root.glob(f"snippets/{snippet}.out")
        values["printed"] = "".join(file.read_text("utf-8") for file in files)
    elif kind == "sort":
        path = root / EXERCISES / name / "sort.toml"
        values["sorting"] = tomllib.loads(path.read_text("utf-8")) if path.is_file() else None
    else:
        values["nav"] = read_settings(root)["nav"]
    if not all(values.values()):
        place = "snippets, or no word on what they show" if kind == "frames" else EXERCISES
        raise BrokenRule(f"there is no {kind} {name!r} in {place}")
    template = Template((TEMPLATES / f"{kind}.md").read_text("utf-8"))
    return template.render(values)
