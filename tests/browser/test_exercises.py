"""An exercise in the page: written, checked and passed by keyboard, and its progress kept."""

import datetime
import json
import random

import pytest

from dlcourse.exercises.catalog import find_exercise, load_exercises
from dlcourse.exercises.progress import load_progress

LOADS = 60_000  # ms: Pyodide starts in 3 s on a quiet machine
EXERCISE = find_exercise("neuron/weighted_sum", load_exercises())
NO_BIAS = "the bias is not added"
PURE = [one for one in load_exercises() if not one.needs_torch]
# Sends programs one after the other to the worker of the pages; returns the verdicts
ASK_WORKER = """async jobs => {
    const address = new URL('assets/python_worker.js', document.baseURI);
    const worker = new Worker(address, {type: 'module'});
    const ask = job => new Promise(resolve => {
        worker.onmessage = ({data}) => {
            if (data.kind === 'checked') resolve(data.verdict);
            if (['broken', 'failed'].includes(data.kind)) resolve({bug: data.text});
        };
        worker.postMessage({job: 1, ...job});
    });
    const verdicts = [];
    for (const job of jobs) verdicts.push(await ask(job));
    worker.terminate();
    return verdicts;
}"""


@pytest.fixture
def exercise(open_page):
    def open_exercise(**options):
        page = open_page("neuron/", **options)
        name = f"exercise {EXERCISE.title}"
        return page, page.get_by_role("group", name=name), page.get_by_label(f"Code of {name}")

    return open_exercise


def wait_for(group, status):
    group.get_by_role("status").get_by_text(status).wait_for(timeout=LOADS)


def check(editor, group, source, status):
    editor.fill(source)
    editor.press("Control+Enter")
    wait_for(group, status)


def test_an_exercise_is_passed_by_keyboard_and_stays_passed(exercise):
    page, group, editor = exercise()
    group.get_by_role("button", name="Check").focus()
    page.keyboard.press("Enter")
    wait_for(group, "Not written yet: multiply each input by its weight")
    solution = page.locator("#exercise-weighted-sum ~ details.success").first
    wrong = EXERCISE.read("wrong_no_bias.py")
    for number in range(3):
        solution.locator("summary").click()
        assert solution.get_attribute("open") is None  # neither passed nor tried three times
        check(editor, group, wrong + "#" * number, NO_BIAS)
    solution.locator("summary").click()
    assert solution.get_attribute("open") is not None

    check(editor, group, EXERCISE.solution, f"Passed. {EXERCISE.why}")
    page.reload()
    wait_for(group, "You have passed this exercise.")
    assert editor.input_value() == EXERCISE.solution

    before = "Passed before, but the present program does not pass:"
    check(editor, group, wrong, before)
    assert NO_BIAS in group.get_by_role("status").inner_text()
    page.reload()
    wait_for(group, "You have passed this exercise.")
    assert editor.input_value() == wrong


def test_an_unchanged_starter_and_an_empty_program_are_no_tries_as_in_the_terminal(open_page):
    """A bug hunt: its starter is a program that runs and is wrong."""
    hunts = [one for one in PURE if "NotImplementedError" not in one.starter]
    hunt = hunts[0]
    page = open_page(f"{hunt.page}/")
    group = page.get_by_role("group", name=f"exercise {hunt.title}")
    editor = page.get_by_label(f"Code of exercise {hunt.title}")
    solution = page.locator(f'python-exercise[data-exercise="{hunt.id}"] ~ details.success').first
    group.get_by_role("button", name="Write here").click()
    for program in (hunt.starter, hunt.starter + "\n\n", "", "\n"):
        editor.fill(program)
        editor.press("Control+Enter")
        group.get_by_role("button", name="Stop").and_(page.locator(":disabled")).wait_for(
            timeout=LOADS
        )
        solution.locator("summary").click()
        wait_for(group, "or after 3 more tries")
    editor.fill(hunt.starter + "\n# mine")
    editor.press("Control+Enter")
    group.get_by_role("button", name="Stop").and_(page.locator(":disabled")).wait_for(timeout=LOADS)
    solution.locator("summary").click()
    wait_for(group, "or after 2 more tries")


def test_solutions_pass_and_wrong_ones_do_not_in_the_worker_of_the_pages(open_page, request):
    """Three exercises that change with the date; all of them in a soak."""
    chosen = PURE
    if not request.config.getoption("soak", False):
        today = datetime.date.today().toordinal()
        chosen = random.Random(today).sample(PURE, 3)
    page = open_page("")
    for exercise in chosen:
        files = [exercise.folder / "solution.py", *exercise.wrong_files]
        jobs = [{"code": file.read_text("utf-8"), "exercise": exercise.id} for file in files]
        solved, *others = page.evaluate(ASK_WORKER, jobs)
        assert solved["passed"] is True, f"{exercise.id}: {solved}"
        for file, verdict in zip(exercise.wrong_files, others, strict=True):
            key = file.read_text("utf-8").partition("\n")[0].removeprefix("# ")
            told = (verdict["bug"], verdict["passed"], verdict["key"])
            assert told == ("", False, key), f"{exercise.id}, {file.name}"


def test_an_endless_loop_is_stopped_after_ten_seconds(exercise):
    _, group, editor = exercise()
    group.get_by_role("button", name="Write here").click()
    endless = "def weighted_sum(x, w, b):\n    while True:\n        pass\n"
    check(editor, group, endless, "Stopped after 10 s: is there a loop that never ends?")
    check(editor, group, EXERCISE.solution, "Passed.")


def test_progress_goes_to_a_file_that_the_command_line_reads_and_back(
    exercise, open_page, tmp_path, monkeypatch
):
    page, group, editor = exercise()
    group.get_by_role("button", name="Write here").click()
    check(editor, group, EXERCISE.solution, "Passed.")
    page.goto(page.url.replace("neuron/", "exercises/"))
    progress = page.get_by_role("group", name="Your progress in this browser")
    progress.get_by_text("Passed in this browser: 1.").wait_for()
    with page.expect_download() as download:
        progress.get_by_role("button", name="Save as a file").click()
    (tmp_path / "exercises").mkdir()
    file = tmp_path / "exercises" / ".progress.json"
    download.value.save_as(file)
    monkeypatch.chdir(tmp_path)
    assert load_progress()[0].has_passed(EXERCISE)

    other = open_page("exercises/")
    progress = other.get_by_role("group", name="Your progress in this browser")
    other.get_by_label("Read from a file").set_input_files(file)
    progress.get_by_text("Passed in this browser: 1.").wait_for()
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps([1]))
    other.get_by_label("Read from a file").set_input_files(broken)
    progress.get_by_text("broken.json holds no progress of this course").wait_for()


def test_blocked_storage_is_told_and_the_check_works(exercise):
    _, group, editor = exercise(storage_is_blocked=True)
    group.get_by_role("button", name="Write here").click()
    check(editor, group, EXERCISE.solution, "This browser keeps no progress")
