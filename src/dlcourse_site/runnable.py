"""Markdown extension: buttons below each code block that the reader's browser can run or check.

These are the snippets, and the starters of exercises, that import only the standard library and
dlcourse.scratch. docs/assets/run.js and exercise.js give the buttons their work, and
python_worker.js runs the code.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from dlcourse.exercises.catalog import find_exercise, imported_names, is_pure, load_exercises
from dlcourse.exercises.grading import FAULTY, NOT_A_TRY
from dlcourse.exercises.progress import TRIES_BEFORE_SOLUTION
from dlcourse.exercises.runner import PURE_LIMITS, explain_silence
from dlcourse_site import browser_python
from dlcourse_site.places import EXERCISES, project_root

TEMPLATES = Path(__file__).with_name("templates")
TITLE = '<div class="language-python highlight"><span class="filename">'
SNIPPET = TITLE + "snippets/"
STARTER = re.compile(re.escape(f"{TITLE}{EXERCISES}/") + "(?P<id>[^<]+)/starter.py<")
TAG = re.compile("<[^>]+>")
# Parts of the standard library that need another process, a thread, a network or a screen
NOT_IN_BROWSER = {"concurrent", "multiprocessing", "socket", "subprocess", "threading", "tkinter"}


class RunExtension(Extension, Preprocessor):
    """Adds the buttons to the blocks, which are HTML by now; none without Pyodide."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take the place just below the note on dlcourse (24)."""
        self.md = md
        md.preprocessors.register(self, "dlcourse_run", 23)

    def run(self, lines: list[str]) -> list[str]:
        """Write the buttons below the page's blocks; the lines stay."""
        if not browser_python.PYODIDE.is_dir():
            return lines
        blocks = self.md.htmlStash.rawHtmlBlocks
        number = 0
        for place, block in enumerate(blocks):
            starter = STARTER.search(block)
            if starter is not None:
                blocks[place] += check_buttons(starter["id"], project_root(self.md))
            elif SNIPPET in block and is_runnable(source_of(block)):
                number += 1
                blocks[place] += read_template("run_buttons").format(number=number)
        return lines


def check_buttons(exercise_id: str, root: Path) -> str:
    """Return the buttons of an exercise; none where its check needs PyTorch."""
    exercise = find_exercise(exercise_id, load_exercises(root / EXERCISES))
    if exercise.needs_torch:
        return ""
    texts = {
        "id": exercise.id,
        "title": exercise.title,
        "why": exercise.why,
        "rules": json.dumps(rules_of(exercise.id)),
    }
    escaped = {name: html.escape(" ".join(text.split())) for name, text in texts.items()}
    return read_template("check_buttons").format(**escaped)


def rules_of(exercise_id: str) -> dict[str, Any]:
    """Return the numbers and texts of the command line by which the page judges a check, too."""
    seconds = PURE_LIMITS.seconds
    return {
        "tries": TRIES_BEFORE_SOLUTION,
        "no_tries": NOT_A_TRY,
        "seconds": seconds,
        "too_slow": explain_silence("too slow", seconds=seconds).message,
        "faulty": FAULTY.format(id=exercise_id),
    }


def read_template(name: str) -> str:
    """Return the HTML of a row of buttons."""
    return (TEMPLATES / f"{name}.html").read_text("utf-8")


def source_of(block: str) -> str:
    """Return the code of a highlighted block."""
    code = block.partition("<code>")[2].partition("</code>")[0]
    return html.unescape(TAG.sub("", code))


def is_runnable(source: str) -> bool:
    """Tell whether code imports only what a browser has."""
    for name in imported_names(source):
        is_here = name == "dlcourse" or is_pure(name)
        if not is_here or name.partition(".")[0] in NOT_IN_BROWSER:
            return False
    return True
