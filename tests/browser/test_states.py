"""What use makes of a page is accessible, too: outputs, verdicts, open hints, a moved widget.

The tests of the neuron's line and of the descent walker ask axe themselves.
"""

import pytest

from dlcourse.exercises.catalog import find_exercise, load_exercises

LOADS = 60_000  # ms: Pyodide starts in 3 s on a quiet machine
EXERCISE = find_exercise("neuron/weighted_sum", load_exercises())
NO_BIAS = "the bias is not added"
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@schemes
def test_an_error_a_failed_check_and_open_hints(scheme, open_page, faults_for_eyes):
    page = open_page("neuron/", scheme, width=390, unfolded=True)
    runner = page.get_by_role("group", name="Run example 1")
    runner.get_by_role("button", name="Edit").click()
    page.get_by_label("Code of run example 1").fill("print(1)\n1 / 0")
    runner.get_by_role("button", name="Run").click()
    runner.get_by_text("Stopped with an error").wait_for(timeout=LOADS)
    second = page.get_by_role("group", name="Run example 2")
    second.get_by_role("button", name="Run").click()
    second.get_by_text("Finished in").wait_for(timeout=LOADS)
    name = f"exercise {EXERCISE.title}"
    exercise = page.get_by_role("group", name=name)
    exercise.get_by_role("button", name="Write here").click()
    page.get_by_label(f"Code of {name}").fill(EXERCISE.read("wrong_no_bias.py"))
    exercise.get_by_role("button", name="Check").click()
    exercise.get_by_text(NO_BIAS).wait_for(timeout=LOADS)
    exercise.get_by_role("button", name="Check").hover()
    assert page.get_by_text("Hint 1").first.evaluate("it => it.parentElement.open")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults_for_eyes(page) == []


@schemes
def test_a_drawn_digit(scheme, open_page, faults_for_eyes):
    page = open_page("", scheme, width=320)
    element = page.locator("draw-digit")
    element.get_by_role("button", name="Example").click()
    element.get_by_text("The network reads a 7").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults_for_eyes(page) == []


@schemes
def test_a_graph_with_its_slopes(scheme, open_page, faults_for_eyes):
    page = open_page("backprop/", scheme, width=320)
    element = page.locator("backprop-stepper")
    element.get_by_role("button", name="All steps").click()
    element.get_by_text("Back 4 of 4").wait_for()
    element.get_by_label("Expression").fill("a +")
    element.get_by_role("button", name="Draw").click()
    element.get_by_text("The expression ends where a value is missing.").wait_for()
    assert faults_for_eyes(page) == []


@schemes
def test_a_masked_row_of_attention(scheme, open_page, faults_for_eyes):
    page = open_page("attention/", scheme, width=320)
    element = page.locator("attention-matrix")
    element.get_by_label("One weight").check()
    element.get_by_role("button", name="Switch the mask on").click()
    element.locator("tbody tr").nth(4).get_by_role("button").click()
    element.get_by_role("status").get_by_text("Place 5 (k)").first.wait_for()
    assert faults_for_eyes(page) == []
