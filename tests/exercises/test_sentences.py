"""Sentences on what a learner's program does, in this process."""

import math
import random
from types import ModuleType

import pytest

from dlcourse.exercises.catalog import find_exercise, load_exercises
from dlcourse.exercises.checking import (
    NotPassed,
    are_close,
    expect,
    expect_list,
    expect_number,
    is_close,
    show,
)
from dlcourse.exercises.grading import Program, grade, load_check, plain

EXERCISE = find_exercise("neuron/weighted_sum", load_exercises())
CHECK = load_check(EXERCISE.folder)
FILE = "exercises/neuron/weighted_sum.py"


def judge(source, check=CHECK, seed=0):
    return grade(check, Program(EXERCISE.id, FILE, source.encode()), seed)


def check_of(source):
    """Return a check written for a test."""
    module = ModuleType("check")
    exec(compile(source, "check.py", "exec"), module.__dict__)
    return module


def test_a_solution_passes_and_wrong_programs_get_their_messages():
    assert judge(EXERCISE.solution).passed
    for path in EXERCISE.wrong_files:
        verdict = judge(path.read_text("utf-8"))
        assert verdict.key == path.read_text("utf-8").splitlines()[0].removeprefix("# ")
        assert verdict.message


def test_an_exception_has_the_last_line_of_the_learner():
    verdict = judge(
        "import json\n\n\ndef weighted_sum(x, w, b):\n    return parse('{')\n\n\n"
        "def parse(text):\n    return json.loads(text)  # a library raises\n"
    )
    assert verdict.message == (
        "JSONDecodeError: Expecting property name enclosed in double quotes: line 1..."
        f" in line 9 of {FILE}: return json.loads(text)  # a library raises"
    )


def test_an_exception_of_the_check_alone_is_our_bug():
    check = check_of("MESSAGES = {}\ndef check(learner, generator):\n    [][0]\n")
    verdict = judge("", check)
    assert verdict.key == "empty"
    verdict = judge("x = 1", check)
    assert not verdict.passed
    assert "IndexError" in verdict.bug
    assert verdict.message == ""


def test_a_key_without_a_message_is_our_bug():
    check = check_of(
        "from dlcourse.exercises.checking import expect\nMESSAGES = {}\n"
        "def check(learner, generator):\n    expect(False, 'nowhere')\n"
    )
    assert "NotPassed: nowhere" in judge("x = 1", check).bug


def test_lines_that_a_check_joins_and_runs_are_the_learners():
    check = check_of(
        "MESSAGES = {}\ndef check(learner, generator):\n    exec('\\n'.join(learner.lines), {})\n"
    )
    verdict = judge("lines = ['a = 1', 'b = c']\n", check)
    assert verdict.key == "raised"
    assert verdict.message.startswith("NameError: name 'c' is not defined in line 2 of")


def test_texts_have_no_folders_of_the_machine():
    error = OSError("[Errno 2] No such file or directory: '/home/ann/course/data.txt'")
    assert plain(error) == "[Errno 2] No such file or directory: 'data.txt'"
    assert plain(ValueError(r"C:\Users\ann\x.py is not a/b")) == "x.py is not a/b"
    assert plain(ValueError("3 / 4 is 0.75")) == "3 / 4 is 0.75"


def test_the_global_generator_is_as_it_was():
    random.seed(5)
    state = random.getstate()
    judge(EXERCISE.solution)
    assert random.getstate() == state


class Equal(float):
    """A number of a learner's that claims to be close to every other."""

    def __sub__(self, other):
        return 0.0


@pytest.mark.parametrize("got", [None, "1.5", [1.5], Equal(9), math.nan, math.inf, 10**400])
def test_only_numbers_are_close_to_a_number(got):
    assert not is_close(got, 1.5)


@pytest.mark.parametrize("expected", [math.inf, -math.inf, math.nan])
@pytest.mark.parametrize("got", [0.0, 5, -1e308, 10**400])
def test_no_finite_number_is_close_to_one_that_is_not(got, expected):
    assert not is_close(got, expected)


def test_infinity_is_close_to_itself_alone():
    assert is_close(math.inf, math.inf)
    assert not is_close(-math.inf, math.inf)
    assert not is_close(math.nan, math.inf)


@pytest.mark.parametrize("got", [1.5, 1.5 + 1e-9, 1.5 + 0j])
def test_close_numbers(got):
    assert is_close(got, 1.5)
    assert are_close([got, 0.0], [1.5, 0.0])
    assert not are_close([got], [1.5, 0.0])


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (True, "not a number"),
        (None, "not a number"),
        (Equal(1), "not a number"),
        (math.nan, "not finite"),
        (-(10**400), "not finite"),
    ],
)
def test_what_is_no_number(value, key):
    with pytest.raises(NotPassed) as caught:
        expect_number(value, "f(x)")
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("value", "key"), [((1, 2), "not a list"), ([1], "wrong length"), (None, "not a list")]
)
def test_what_is_no_list(value, key):
    with pytest.raises(NotPassed) as caught:
        expect_list(value, 2, "f(x)")
    assert caught.value.key == key


def test_values_are_shown_short():
    assert show(1 / 3) == "0.333333"
    assert show([1.0, (2.5, "a")]) == "[1, (2.5, a)]"
    assert show(object()) == "<object object>"
    assert show(10**5000) == "int of more than 4,300 digits"
    assert len(show(list(range(100)))) == 60
    with pytest.raises(NotPassed) as caught:
        expect(False, "key", got=0.1 + 0.2)
    assert caught.value.values == {"got": "0.3"}
