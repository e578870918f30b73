"""The checks can fail: with any of them switched off, a sabotage passes that it would find."""

import shutil
from pathlib import Path

import pytest
from test_sabotage import LIMIT, failures, missed, sabotaged_course, svg  # noqa: F401 (fixtures)

SITE = Path(__file__).resolve().parents[2] / "src" / "dlcourse_site"
IGNORE = '{"simplefilter": lambda *_: sys.modules["warnings"].simplefilter("ignore")}'
NEVER = 're.compile("(?!)")'  # a pattern that nothing matches

# What is switched off: the module, the line at its end that does it, a sabotage that then passes
GATES = {
    "texts are compared": ("outputs", "same_text = lambda *_: True", "wrong number in an output"),
    "drawings are compared": ("outputs", "same_svg = lambda *_: True", "figure stale by data"),
    "languages of fences": ("pages", 'INFO = re.compile(r\'()[^"]*(?:"([^"]+)".*)?\')', "py fence"),
    "rules of prose": ("pages", "BAD_PROSE.clear()", "include outside a fence"),
    "code outside fences": ("pages", "code_texts = lambda page: []", "indented code"),
    "bound numbers are found": ("pages", f"NUMBER = {NEVER}", "wrong bound number"),
    "figures are found": ("pages", f"FIGURE = {NEVER}", "figure stale by data"),
    "rules of fences": ("pages", "must = lambda *_: None", "title of another file"),
    "reasons of skips": ("pages", 'SKIP = re.compile("()(.*)")', "skip without reason"),
    "problems of a page": ("runner", "Item.check_problem = lambda self: None", "py fence"),
    "snippets run": ("runner", "Item.check_python = lambda self: None", "failing assert"),
    "scripts run": ("runner", "Item.check_run = lambda self: None", "failing command"),
    "labs run": ("runner", "Item.check_run = lambda self: None", "exception in the lab"),
    "outputs are checked": (
        "runner",
        "Item.check_file = lambda self: None",
        "text of an output changed",
    ),
    "figures are checked": ("runner", "Item.check_file = lambda self: None", "SVG edited by hand"),
    "numbers are checked": ("runner", "Item.check_number = lambda self: None", "constant bound"),
    "what is made is shown": ("runner", "made = lambda *_: {}", "output not shown"),
    "rules of the runner": ("runner", "must = lambda *_: None", "number of another page bound"),
    "files are guarded": ("snippets", "watch = lambda *_: None", "snippet writes into the project"),
    "settings are guarded": ("snippets", "settings = lambda _: []", "default dtype left changed"),
    "notes on a run": ("snippets", "Run.note = lambda *_: None", "figure that no reader sees"),
    "time is limited": (
        "snippets",
        "time_limit = lambda _: contextlib.nullcontext()",
        "endless loop",
    ),
    "generators are scrambled": (
        "snippets",
        "random = Namespace(seed=lambda: None)",
        "seed removed",
    ),
    "shape comments": ("shapes", f"COMMENT = {NEVER}", "wrong shape comment"),
    "warnings are errors": (
        "snippets",
        f"warnings = Namespace(**vars(warnings) | {IGNORE})",
        "warning",
    ),
}


@pytest.mark.soak
@pytest.mark.parametrize("gate", GATES)
def test_a_gate_that_is_off_lets_a_sabotage_pass(gate, sabotaged_course):  # noqa: F811
    module, off, passing = GATES[gate]
    course = sabotaged_course
    shutil.copytree(SITE, course.root / "src" / "dlcourse_site")
    file = f"src/dlcourse_site/{module}.py"
    course.write(
        file, f"{course.read(file)}\nfrom types import SimpleNamespace as Namespace\n{off}\n"
    )
    course.seconds = 30  # without a time limit the endless loop does not end
    assert passing in missed(failures(course.pytest(*LIMIT)))
