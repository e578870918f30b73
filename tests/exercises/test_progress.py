"""Progress: nothing of the learner's is lost, whatever happens to the file or to the course."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from dlcourse.errors import UsageError
from dlcourse.exercises.catalog import find_exercise, load_exercises
from dlcourse.exercises.grading import Verdict
from dlcourse.exercises.progress import (
    Progress,
    file_of,
    load_progress,
    reset,
    write_starter,
)

EXERCISE = find_exercise("neuron/weighted_sum", load_exercises())
NOT_PASSED = Verdict(passed=False, key="the bias is missing", message="…")
FILE = ".progress.json"


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """Run each test in a folder with the learner's file, which is no longer the starter."""
    monkeypatch.chdir(tmp_path)
    write_starter(EXERCISE, Progress())
    with open(file_of(EXERCISE), "a") as file:
        file.write("# mine\n")
    return tmp_path


def saved(work):
    return json.loads((work / "exercises" / FILE).read_text())


def test_what_is_saved_is_loaded():
    progress = Progress()
    progress.record(EXERCISE, NOT_PASSED)
    progress.entry(EXERCISE)["hints"] = 2
    progress.quizzes["neuron"] = {"doubled_weights": 2}
    progress.save()
    assert load_progress() == (progress, "")


def test_what_has_passed_once_stays_passed():
    progress = Progress()
    progress.record(EXERCISE, NOT_PASSED)
    assert progress.state(EXERCISE) == "tried 1"
    progress.record(EXERCISE, Verdict(passed=True))
    assert progress.state(EXERCISE) == "passed"
    progress.record(EXERCISE, NOT_PASSED)
    assert progress.state(EXERCISE) == "passed"
    assert progress.next_after([EXERCISE]) is None


def test_the_solution_is_free_after_three_tries_or_passing():
    progress = Progress()
    for _ in range(5):
        progress.record(EXERCISE, Verdict(passed=False, key="not written yet"))
        progress.record(EXERCISE, Verdict(passed=False, key="empty"))
    states = []
    for _ in range(3):
        states.append(progress.may_see_solution(EXERCISE))
        progress.record(EXERCISE, NOT_PASSED)
    assert states == [False, False, False]
    assert progress.may_see_solution(EXERCISE)
    passed = Progress()
    passed.record(EXERCISE, Verdict(passed=True))
    assert passed.may_see_solution(EXERCISE)


def test_an_unchanged_starter_with_a_fault_is_no_try(work):
    progress = Progress()
    (work / file_of(EXERCISE)).unlink()
    write_starter(EXERCISE, progress)
    progress.record(EXERCISE, NOT_PASSED)
    assert progress.state(EXERCISE) == "started"
    progress.entry(EXERCISE).pop("starter")  # as in a file that the learner has copied
    progress.record(EXERCISE, NOT_PASSED)
    assert progress.state(EXERCISE) == "started"
    (work / file_of(EXERCISE)).write_text("mine")
    progress.record(EXERCISE, NOT_PASSED)
    assert progress.state(EXERCISE) == "tried 1"


def test_what_is_unknown_is_kept(work):
    content = {"version": 1, "exercises": {"old/name": {"failed": 2, "new field": [1]}}}
    (work / "exercises" / FILE).write_text(json.dumps(content))
    progress, problem = load_progress()
    assert problem == ""
    progress.save()
    assert saved(work)["exercises"] == content["exercises"]


BROKEN = {
    "empty": b"",
    "half": b'{"version": 1, "exerc',
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"1",
    "exercises are a list": b'{"version": 1, "exercises": []}',
    "an entry is a number": b'{"version": 1, "exercises": {"neuron/weighted_sum": 3}}',
    "a count is a text": b'{"version": 1, "exercises": {"neuron/weighted_sum": {"failed": "3"}}}',
    "another name": b'{"version": 1, "done": {}}',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_kept_under_another_name(work, content):
    for number in (1, 2):
        (work / "exercises" / FILE).write_bytes(content)
        progress, problem = load_progress()
        kept = work / "exercises" / f".progress.broken-{number}.json"
        assert progress == Progress()
        assert kept.name in problem
        assert "check --all" in problem
        assert kept.read_bytes() == content


def test_a_file_of_another_version_is_left_alone(work):
    path = work / "exercises" / FILE
    path.write_text('{"version": 2}')
    with pytest.raises(UsageError, match="version 2"):
        load_progress()
    assert path.read_text() == '{"version": 2}'


def test_a_starter_is_written_once(work):
    path = work / file_of(EXERCISE)
    path.write_text("mine")
    assert write_starter(EXERCISE, Progress()) is None
    assert path.read_text() == "mine"


def changed(exercise, work, starter):
    """Return an exercise as a newer version of the course has it."""
    folder = work / "newer"
    folder.mkdir(exist_ok=True)
    (folder / "starter.py").write_text(starter)
    return replace(exercise, folder=folder)


def test_an_upgrade_touches_no_file_of_the_learner(work):
    progress = Progress()
    path = work / file_of(EXERCISE)
    path.unlink()
    write_starter(EXERCISE, progress)
    path.write_text("mine")
    newer = changed(EXERCISE, work, "# a newer starter\n")
    beside = write_starter(newer, progress)
    assert beside.name == "weighted_sum.new.py"
    assert beside.read_text() == "# a newer starter\n"
    assert write_starter(newer, progress) is None  # once for each new starter
    beside.write_text("mine as well")
    newest = changed(EXERCISE, work, "# the newest starter\n")
    assert write_starter(newest, progress).read_text() == "# the newest starter\n"
    assert beside.read_text() == "mine as well"
    assert path.read_text() == "mine"


def test_an_upgrade_writes_nothing_beside_what_has_passed(work):
    progress = Progress()
    (work / file_of(EXERCISE)).unlink()
    write_starter(EXERCISE, progress)
    progress.record(EXERCISE, Verdict(passed=True))
    assert write_starter(changed(EXERCISE, work, "# newer\n"), progress) is None


def test_a_reset_keeps_each_old_file(work):
    path = work / file_of(EXERCISE)
    progress = Progress()
    for number in (1, 2, 3):
        path.write_text(f"program {number}")
        progress.record(EXERCISE, NOT_PASSED)
        kept = reset(EXERCISE, progress)
        assert kept.name == f"weighted_sum.py.bak-{number}"
        assert kept.read_text() == f"program {number}"
        assert path.read_text() == EXERCISE.starter
        assert progress.state(EXERCISE) == "started"


def test_the_folder_of_the_course_is_no_place_for_a_learner(work):
    (work / "exercises" / "index.toml").write_text("")
    with pytest.raises(UsageError, match="folder of the course itself"):
        Progress().save()


def test_next_begins_after_the_current_exercise_and_comes_around():
    catalog = [replace(EXERCISE, id=f"neuron/{name}") for name in "abc"]
    progress = Progress(current="neuron/b")
    assert progress.next_after(catalog).id == "neuron/c"
    progress.entry(catalog[2])["skipped"] = True
    assert progress.next_after(catalog).id == "neuron/a"
    progress.entry(catalog[0])["passed"] = "2026-11-29"
    assert progress.next_after(catalog).id == "neuron/b"
    assert progress.to_do(catalog).id == "neuron/b"
    progress.entry(catalog[1])["passed"] = "2026-11-29"
    assert progress.next_after(catalog) is None


WRITER = """
from dlcourse.exercises.progress import Progress, load_progress
number = 0
print("begin", flush=True)
while True:
    number += 1
    entries = {f"neuron/{i}": {"failed": number, "sha256": "0" * 64} for i in range(60)}
    Progress(exercises=entries).save()
"""


def kill_writers(count):
    """Kill a process that saves without a pause, `count` times; read the file each time."""
    chance = random.Random(0)
    numbers = []
    for _ in range(count):
        writer = subprocess.Popen([sys.executable, "-c", WRITER], stdout=subprocess.PIPE)
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        writer.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        writer.communicate()
        if os.path.exists(f"exercises/{FILE}"):
            progress, problem = load_progress()
            assert problem == ""
            failed = {entry["failed"] for entry in progress.exercises.values()}
            assert len(failed) == 1
            assert len(progress.exercises) == 60
            numbers.append(failed.pop())
    assert len(numbers) > count / 2
    assert max(numbers) > 1


def test_a_killed_writer_leaves_a_file_that_can_be_read():
    kill_writers(20)


@pytest.mark.soak
def test_two_hundred_killed_writers_leave_a_file_that_can_be_read():
    kill_writers(200)
