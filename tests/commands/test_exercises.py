"""`dlcourse exercises`: what a learner types, reads and finds on the disk."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dlcourse.commands import exercises, exercises_steps
from dlcourse.exercises.catalog import find_exercise, load_exercises
from dlcourse.exercises.grading import Verdict
from dlcourse.exercises.runner import Result

from .conftest import one_line

CATALOG = load_exercises()
EXERCISE = find_exercise("neuron/weighted_sum", CATALOG)
FILE = Path("exercises/neuron/weighted_sum.py")
NAME = "neuron/weighted_sum"


def write(name):
    """Write one of the exercise's own programs as the learner's."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(EXERCISE.read(f"{name}.py"), "utf-8")


def saved():
    return json.loads(Path("exercises/.progress.json").read_text())


def test_without_a_command_the_help_is_shown(call):
    exit_code, out, _ = call("exercises")
    assert exit_code == 0
    assert "Usage: dlcourse exercises" in out
    for line in ("list start check hint solution skip", "watch reset progress quiz milestone"):
        for name in line.split():
            assert f"\n  {name} " in out


def test_start_writes_the_first_starter_and_shows_its_task(call):
    exit_code, out, _ = call("exercises", "start")
    first = CATALOG[0]
    assert exit_code == 0
    assert out.startswith(f"Wrote exercises/{first.id}.py.\n")
    assert first.task in out
    assert Path(f"exercises/{first.id}.py").read_text("utf-8") == first.starter


def test_start_leaves_a_file_as_it_is(call):
    call("exercises", "start", NAME)
    FILE.write_text("mine")
    exit_code, out, _ = call("exercises", "start", NAME)
    assert exit_code == 0
    assert out.startswith(f"{FILE} is there already, and stays as it is.\n")
    assert FILE.read_text() == "mine"


@pytest.mark.parametrize("name", ["weighted_sum", str(FILE), f"./{FILE}", "Weighted_Sum"])
def test_an_exercise_has_short_names(call, name):
    call("exercises", "start", name)
    assert FILE.exists()


def test_an_unknown_name_is_a_usage_error_with_the_nearest_one(call):
    exit_code, _, err = call("exercises", "check", "neuron/weihgted_sum")
    assert exit_code == 2
    assert "did you mean neuron/weighted_sum?" in one_line(err)
    exit_code, _, err = call("exercises", "hint", "zzzzz")
    assert exit_code == 2
    assert "see dlcourse exercises list" in one_line(err)


@pytest.mark.parametrize("command", ["check", "hint"])
def test_before_the_first_start_a_command_says_what_to_do(call, command):
    exit_code, _, err = call("exercises", command)
    assert exit_code == 2
    assert "run dlcourse exercises start first" in one_line(err)
    assert not Path("exercises").exists()


def test_a_deleted_file_is_named(call):
    call("exercises", "start", NAME)
    FILE.unlink()
    exit_code, _, err = call("exercises", "check")
    assert exit_code == 2
    assert f"there is no {FILE}: run dlcourse exercises start {NAME} first" in one_line(err)


def test_a_starter_is_not_written_yet(call):
    call("exercises", "start", NAME)
    exit_code, out, _ = call("exercises", "check", "--seed", 7)
    assert exit_code == 1
    assert out.splitlines() == [
        f"{NAME}: not passed ({FILE}, seed 7)",
        "Not written yet: multiply each input by its weight, and add the products and the bias"
        f" ({FILE}, line 7).",
        f"Hint 1 of 3: dlcourse exercises hint {NAME}",
    ]


def test_a_wrong_program_gets_its_message_and_the_hint_that_fits(call):
    write("wrong_no_bias")
    call("exercises", "hint", NAME)
    exit_code, out, _ = call("exercises", "check", NAME)
    assert exit_code == 1
    assert "returns 1, expected 1.5: the bias is not added." in out
    assert out.splitlines()[-1] == f"Hint 2 of 3: dlcourse exercises hint {NAME}"


def test_passing_says_why_it_matters_and_what_comes_next(call):
    write("solution")
    exit_code, out, _ = call("exercises", "check", NAME)
    assert exit_code == 0
    passed, why, after = out.splitlines()
    assert passed == f"{NAME}: passed"
    assert why == EXERCISE.why
    assert after.startswith(("Next: dlcourse exercises start ", "There is no further exercise"))
    assert saved()["exercises"][NAME]["passed"]


def test_a_later_file_that_does_not_pass_takes_nothing_back(call):
    write("solution")
    call("exercises", "check", NAME)
    write("wrong_no_bias")
    exit_code, out, _ = call("exercises", "check", NAME, "--seed", 7)
    assert exit_code == 1
    first, message, _ = out.splitlines()
    failure = "passed before, but the present file does not pass"
    assert first == f"{NAME}: {failure} ({FILE}, seed 7)"
    assert message.endswith("the bias is not added.")
    facts = json.loads(call("exercises", "progress", "--json")[1])
    assert facts["states"][NAME] == "passed"


def test_check_as_json(call):
    write("wrong_no_bias")
    exit_code, out, _ = call("exercises", "check", NAME, "--json", "--seed", 3)
    (row,) = json.loads(out)
    assert exit_code == 1
    assert row.pop("seconds") > 0
    assert row.pop("message").endswith("the bias is not added.")
    assert row == {"id": NAME, "passed": False, "key": "the bias is missing", "seed": 3}


def test_check_all_rebuilds_a_broken_progress(call):
    write("solution")
    Path("exercises/.progress.json").write_text("{")
    exit_code, out, err = call("exercises", "check", "--all")
    assert exit_code == 0
    assert "is now .progress.broken-1.json" in err
    assert f"{NAME}: passed" in out
    assert "passed" in saved()["exercises"][NAME]


def test_verbose_shows_what_the_program_printed(call):
    write("solution")
    FILE.write_text("print('hello')\n" + FILE.read_text())
    _, out, _ = call("exercises", "check", NAME, "--verbose")
    assert "Your program printed:\nhello\n" in out
    _, out, _ = call("exercises", "check", NAME)
    assert "hello" not in out


def test_a_fault_of_a_check_is_ours(call, monkeypatch):
    write("solution")
    verdict = Verdict(passed=False, key="bug", bug="Traceback: a fault of check.py\n")
    monkeypatch.setattr(exercises_steps, "check_file", lambda *_, **__: Result(verdict, "", 5))
    exit_code, _, err = call("exercises", "check", NAME)
    assert exit_code == 70
    report = Path(one_line(err).rpartition("please report it with ")[2].strip())
    text = report.read_text()
    report.unlink()
    assert "neuron/weighted_sum, seed 5" in text
    assert "a fault of check.py" in text


def test_a_faulty_check_does_not_keep_the_others_from_running(call, monkeypatch):
    def check_file(exercise, path, **options):
        if exercise is not EXERCISE:
            verdict = Verdict(passed=False, key="bug", bug="a fault of check.py")
        else:
            verdict = Verdict(passed=True)
        return Result(verdict, "", 5)

    monkeypatch.setattr(exercises_steps, "check_file", check_file)
    other = replace(EXERCISE, id="code/other")
    monkeypatch.setattr(exercises, "load_exercises", lambda: [other, EXERCISE])
    for name in ("code/other", NAME):
        call("exercises", "start", name)
    exit_code, out, _ = call("exercises", "check", "--all")
    assert exit_code == 70
    assert f"{NAME}: passed" in out


def test_hints_come_one_after_the_other(call):
    call("exercises", "start", NAME)
    shown = [call("exercises", "hint")[1] for _ in range(4)]
    numbers = [1, 2, 3, 3]
    expected = [f"Hint {number} of 3: {EXERCISE.hints[number - 1]}\n" for number in numbers]
    assert shown == expected
    assert call("exercises", "hint", "--level", 1)[1] == expected[0]


def test_the_solution_is_shown_after_three_tries(call):
    write("wrong_no_bias")
    for number in range(3):
        exit_code, _, err = call("exercises", "solution", NAME)
        assert exit_code == 2
        assert f"(now {number}): use --anyway" in one_line(err)
        call("exercises", "check", NAME)
    exit_code, out, _ = call("exercises", "solution", NAME)
    assert exit_code == 0
    assert out.strip() == EXERCISE.solution.strip()
    assert saved()["exercises"][NAME]["solution"] is True


def test_the_solution_can_be_shown_anyway_and_this_is_recorded(call):
    call("exercises", "start", NAME)
    exit_code, _, _ = call("exercises", "solution", NAME, "--anyway")
    assert exit_code == 0
    assert saved()["exercises"][NAME]["solution"] is True
    (row,) = [row for row in list_all(call) if row["id"] == NAME]
    assert row["solution_seen"] is True


def list_all(call):
    return json.loads(call("exercises", "list", "--json")[1])


def test_list_shows_states_and_marks_the_next_one(call):
    first = CATALOG[0]
    rows = list_all(call)
    assert [row["id"] for row in rows] == [one.id for one in CATALOG]
    assert [row["id"] for row in rows if row["is_next"]] == [first.id]
    write("wrong_no_bias")
    call("exercises", "check", NAME)
    _, out, _ = call("exercises", "list", "neuron")
    (line,) = [line for line in out.splitlines() if f" {NAME} " in line]
    assert line[2:].startswith("tried 1 ")
    assert EXERCISE.title in line
    exit_code, _, err = call("exercises", "list", "nowhere")
    assert exit_code == 2
    assert "see dlcourse exercises list" in one_line(err)


def test_a_skipped_exercise_is_not_next_and_can_be_started_again(call):
    first = CATALOG[0]
    call("exercises", "skip", first.id)
    rows = list_all(call)
    assert rows[0]["state"] == "skipped"
    assert not rows[0]["is_next"]
    call("exercises", "start", first.id)
    assert list_all(call)[0]["state"] == "started"


def test_progress_counts_what_has_passed(call):
    write("solution")
    call("exercises", "check", NAME)
    facts = json.loads(call("exercises", "progress", "--json")[1])
    assert facts["passed"] == 1
    assert facts["exercises"] == len(CATALOG)
    assert facts["chapters"]["neuron"][0] == 1
    assert facts["states"][NAME] == "passed"
    _, out, _ = call("exercises", "progress")
    assert f"You have passed 1 of {len(CATALOG)}." in out


def test_reset_asks_and_keeps_a_backup(call):
    write("wrong_no_bias")
    mine = FILE.read_text()
    exit_code, _, err = call("exercises", "reset", NAME)
    assert exit_code == 2
    assert "use --yes without a terminal" in one_line(err)
    assert FILE.read_text() == mine
    exit_code, out, _ = call("exercises", "reset", NAME, "--yes")
    assert exit_code == 0
    assert f"Your program is in {FILE}.bak-1." in out
    assert FILE.read_text() == EXERCISE.starter
    assert Path(f"{FILE}.bak-1").read_text() == mine


def test_reset_all_resets_what_was_started(call):
    write("wrong_no_bias")
    _, out, _ = call("exercises", "reset", "--all", "--yes")
    assert out.splitlines() == [f"{FILE} is the starter again. Your program is in {FILE}.bak-1."]


@pytest.mark.parametrize("words", [[], [NAME, "--all"]])
def test_reset_needs_a_name_or_all(call, words):
    exit_code, _, err = call("exercises", "reset", *words)
    assert exit_code == 2
    assert "NAME or --all" in one_line(err)


def test_watch_without_a_terminal_says_so(call):
    call("exercises", "start", NAME)
    exit_code, _, err = call("exercises", "watch")
    assert exit_code == 5
    assert one_line(err) == (
        "dlcourse: error: watch needs a terminal for its keys: use dlcourse exercises check\n"
    )
