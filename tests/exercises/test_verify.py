"""Each exercise is proved, and each rule of the proof can fail.

Few seeds run here; --soak runs a hundred, and changes each solution in every place.
"""

import functools
import shutil
import time
from pathlib import Path

import pytest

from dlcourse.exercises import verify
from dlcourse.exercises.catalog import (
    FOLDER,
    Exercise,
    imported_names,
    load_exercises,
    read_objectives,
)
from dlcourse.exercises.grading import Program, grade, load_check
from dlcourse.exercises.verify import (
    Report,
    filled_in,
    summary,
    verify_all,
    verify_index,
    verify_objectives,
)

ROOT = Path(__file__).resolve().parents[2]
CATALOG = load_exercises()
IDS = [exercise.id for exercise in CATALOG]
SEEDS = 5
MOST_SECONDS = 0.3  # of a processor, for one check without PyTorch
MOST_MEAN = 150  # characters of a message: they are read in a terminal
FEWEST_KILLED = 0.95


def silent(name: str) -> None:
    """Tell nothing."""


@pytest.mark.parametrize("exercise", CATALOG, ids=IDS)
def test_the_check_accepts_the_solution_and_names_each_mistake(exercise):
    report = verify_all([exercise], SEEDS, False, silent)
    assert report.faults == []
    assert report.accepted == SEEDS
    assert report.rejected == SEEDS * len(exercise.wrong_files) >= SEEDS * 3


@pytest.mark.parametrize(
    "exercise", [one for one in CATALOG if not one.needs_torch], ids=lambda one: one.id
)
def test_a_check_without_pytorch_is_fast(exercise):
    check = load_check(exercise.folder)
    program = Program(exercise.id, "solution.py", exercise.solution.encode())
    start = time.process_time()
    grade(check, program, seed=0)
    assert time.process_time() - start < MOST_SECONDS


@pytest.mark.soak
def test_checks_notice_changes_of_the_solutions(record_property):
    """All seeds and all mutants; the figures are printed."""
    report = verify_all(CATALOG, 100, True, silent)
    for line in summary(report):
        record_property("line", f"exercises: {line}")
    assert report.faults == []
    assert report.killed >= FEWEST_KILLED * (report.killed + report.survivors)
    lengths = [len(message) for message in report.messages]
    assert sum(lengths) / len(lengths) <= MOST_MEAN


def test_the_index_names_each_folder_once():
    report = Report()
    verify_index(FOLDER, report)
    assert report.faults == []


def test_each_objective_of_each_page_has_an_exercise():
    report = Report()
    verify_objectives(CATALOG, ROOT / "docs", report)
    assert report.faults == []


def folders_of_chapters() -> list[str]:
    """Return the chapters in the order of the nav."""
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[2]
    lines = [line.strip().rpartition(" ")[2] for line in nav.splitlines()]
    return list(dict.fromkeys(line.partition("/")[0] for line in lines if "/" in line))


@functools.cache
def first_chapters() -> dict[str, str]:
    """Return the chapter whose snippets first import each module of dlcourse."""
    first: dict[str, str] = {}
    for chapter in folders_of_chapters():
        for snippet in sorted((ROOT / "snippets" / chapter).glob("*.py")):
            for name in imported_names(snippet.read_text("utf-8")):
                if name.startswith("dlcourse."):
                    first.setdefault(name, chapter)
    return first


def imports_of_later_chapters(exercise: Exercise) -> list[str]:
    """Return what an exercise imports that belongs to a chapter after its own."""
    order = folders_of_chapters()
    first = first_chapters()
    place = order.index(exercise.page.partition("/")[0])
    later = []
    for path in sorted(exercise.folder.glob("*.py")):
        for name in sorted(imported_names(path.read_text("utf-8"))):
            if name.startswith("dlcourse.exercises."):
                owner = name.split(".")[2]
            else:
                owner = first.get(name, "")
            if owner in order and order.index(owner) > place and path.name != "milestone.py":
                later.append(f"{path.name} imports {name}, which {owner} introduces")
    return later


@pytest.mark.parametrize("exercise", CATALOG, ids=IDS)
def test_no_exercise_needs_anything_of_a_later_chapter(exercise):
    assert imports_of_later_chapters(exercise) == []


@pytest.fixture
def copy(tmp_path) -> Path:
    """Return a folder of exercises with a copy of neuron/weighted_sum, to damage it."""
    folder = tmp_path / "exercises"
    shutil.copytree(FOLDER / "neuron" / "weighted_sum", folder / "neuron" / "weighted_sum")
    entry = '[[exercise]]\nid = "neuron/weighted_sum"\npage = "neuron"\nobjectives = [2]\n'
    (folder / "index.toml").write_text(f"{entry}level = 1\nminutes = 10\n", "utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


LONG = "x" * 200
DAMAGES = {
    "a hint is missing": ("task.md", "## Hint 3", "## Hint 4", "task.md has the parts"),
    "no title": ("task.md", "# A neuron", "A neuron", "task.md begins with its title"),
    "a long task": ("task.md", "The function works", "a\n" * 12 + "The", "the task has"),
    "a hint tells the solution": (
        "task.md",
        "Each weight belongs",
        "`total += weight * value`",
        "hint 1 has a line of the solution",
    ),
    "no TODO": ("starter.py", "# TODO:", "# Write:", "the starter has 0 lines"),
    "the starter passes": (
        "starter.py",
        "raise NotImplementedError",
        "return b + sum(p * q for p, q in zip(w, x))",
        "the starter gets passed",
    ),
    "the starter crashes": (
        "starter.py",
        "raise Not",
        "raise Unknown",
        "the starter gets 'raised'",
    ),
    "the solution is wrong": ("solution.py", "total = b", "total = 0", "the solution gets"),
    "a wrong solution is right": (
        "wrong_no_bias.py",
        "total = 0.0",
        "total = b",
        "wrong_no_bias.py gets passed",
    ),
    "another message": (
        "wrong_no_bias.py",
        "# the bias is missing",
        "# another sum",
        "wrong_no_bias.py gets 'the bias is missing'",
    ),
    "an unknown key": (
        "wrong_no_bias.py",
        "# the bias",
        "# no bias",
        "wrong_no_bias.py begins with no",
    ),
    "a long message": ("check.py", "the bias is not added", LONG, "a message has"),
    "a path": ("check.py", "the bias is not added", "see /tmp/a", "a message says"),
    "a crash of the check": (
        "check.py",
        "if count > 1:",
        "if cont > 1:",
        "the solution gets 'bug'",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_rule_can_fail(name, copy):
    file, old, new, fault = DAMAGES[name]
    edit(copy / "neuron/weighted_sum" / file, old, new)
    report = verify_all(load_exercises(copy), 2, False, silent)
    assert any(line.startswith(f"neuron/weighted_sum: {fault}") for line in report.faults), (
        report.faults
    )


def test_numbers_that_look_equal_are_a_fault(copy):
    """A tolerance that is finer than what a message shows."""
    edit(copy / "neuron/weighted_sum/check.py", "is_close(got, 1.5)", "got == 1.5")
    edit(copy / "neuron/weighted_sum/wrong_no_bias.py", "total = 0.0", "total = b + 1e-9")
    edit(copy / "neuron/weighted_sum/wrong_no_bias.py", "the bias is missing", "another sum")
    (fault,) = set(verify_all(load_exercises(copy), 1, False, silent).faults)
    assert "looks equal" in fault


def test_files_and_wrong_solutions_that_are_missing_are_named(copy):
    (copy / "neuron/weighted_sum/wrong_no_bias.py").unlink()
    (copy / "neuron/weighted_sum/wrong_constant.py").unlink()
    faults = verify_all(load_exercises(copy), 1, False, silent).faults
    assert faults == ["neuron/weighted_sum: there are 2 wrong solutions"]
    (copy / "neuron/weighted_sum/check.py").unlink()
    faults = verify_all(load_exercises(copy), 1, False, silent).faults
    assert faults == ["neuron/weighted_sum: there is no check.py"]


def test_the_index_is_compared_with_the_folders(copy):
    shutil.copytree(copy / "neuron/weighted_sum", copy / "neuron/other")
    index = copy / "index.toml"
    index.write_text(index.read_text("utf-8") * 2, "utf-8")
    report = Report()
    verify_index(copy, report)
    assert report.faults == [
        "neuron/weighted_sum: index.toml has it 2 times",
        "neuron/other: index.toml does not have it",
    ]


def test_objectives_are_compared_with_the_pages(copy, tmp_path):
    page = tmp_path / "docs" / "neuron" / "index.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "# Neuron\n\nAfter this page you can\n\n- add\n  up;\n- stop.\n\n- no\n", "utf-8"
    )
    assert read_objectives(page) == ["add up;", "stop."]
    report = Report()
    verify_objectives(load_exercises(copy), tmp_path / "docs", report)
    assert report.faults == ["neuron: no exercise has the learner add up;"]
    edit(copy / "index.toml", "[2]", "[1, 2, 3]")
    report = Report()
    verify_objectives(load_exercises(copy), tmp_path / "docs", report)
    assert report.faults == ["neuron: the page has no objective [3]"]


def test_a_mutant_that_a_check_does_not_notice_is_named(copy):
    edit(
        copy / "neuron/weighted_sum/solution.py", "    return total", "    b -= 1\n    return total"
    )
    report = verify_all(load_exercises(copy), 1, True, silent)
    changes = ["b -= 1 → b += 1", "b -= 1 → b -= 2", "b -= 1 → b -= 0", "b -= 1 → pass"]
    named = [fault.partition("solution.py:")[2] for fault in report.faults]
    assert named == [f"9: {change}: the check does not notice this change" for change in changes]
    assert report.survivors == 4


def test_an_equivalent_mutant_needs_a_reason_and_equal_results(copy, monkeypatch):
    # 10,000 inputs take three times as long; on these changes each input gives the same verdict
    monkeypatch.setattr(verify, "NUM_INPUTS", 500)
    solution = copy / "neuron/weighted_sum/solution.py"
    edit(solution, "    return total", "    return total if b > 0 else total")
    index = copy / "index.toml"
    before = index.read_text("utf-8")

    def faults_with(*equivalent: str) -> list[str]:
        index.write_text(f"{before}equivalent = {list(equivalent)}\n", "utf-8")
        report = verify_all(load_exercises(copy), 1, True, silent)
        return [fault.partition(": ")[2] for fault in report.faults]

    entries = [f"b > 0 → {after}: both are total" for after in ("b >= 0", "b > 1", "b > -1")]
    assert faults_with(*entries) == []
    assert len(faults_with(*entries[:2])) == 1
    assert len(faults_with(*entries[:2], "b > 0 → b > -1")) == 2  # without a reason it names none
    unused = "total = b → total = 0: no reason"
    assert faults_with(*entries, unused) == [f"the check notices {unused}"]


def test_values_of_a_message_are_found():
    template = "With {name} you return {got}, expected {expected}: {name} is {{x}}."
    message = "With [1, 2] you return 3, expected 4: [1, 2] is {x}."
    assert filled_in(template, message) == {"name": "[1, 2]", "got": "3", "expected": "4"}
    assert filled_in(template, "Not written yet") == {}
