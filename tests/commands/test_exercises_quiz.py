"""`dlcourse exercises quiz`: questions, the reason of each choice, and what is recorded."""

import builtins
import json
from functools import partial
from pathlib import Path

import pytest

from dlcourse.commands import exercises_quiz
from dlcourse.exercises.catalog import load_quiz

from .conftest import one_line

QUIZ = """
[[question]]
id = "doubled"
program = "neuron/predict_doubled"
text = "What is 2 * 3?"
right = 2

[[question.choices]]
value = "5"
text = "It is 5."
explanation = "That is 2 + 3."

[[question.choices]]
value = "6"
text = "It is 6."
explanation = "Three twice."

[[question.choices]]
text = "It is unknown."
explanation = "Both numbers are known."

[[question]]
id = "negative"
program = "neuron/predict_negative"
text = "What is the sign of -1?"
right = 1

[[question.choices]]
text = "It is negative."
explanation = "There is a minus."

[[question.choices]]
text = "It is positive."
explanation = "There is no minus in front of 1."
"""


@pytest.fixture(autouse=True)
def quiz(work, monkeypatch):
    """Let the course have one quiz, on the neuron."""
    folder = work / "course"
    (folder / "neuron").mkdir(parents=True)
    (folder / "neuron" / "quiz.toml").write_text(QUIZ)
    monkeypatch.setattr(exercises_quiz, "load_quiz", partial(load_quiz, folder=folder))
    monkeypatch.setattr(exercises_quiz, "quiz_chapters", lambda: ["neuron"])


@pytest.fixture
def terminal(monkeypatch):
    """Return a function that types lines into a terminal; the end of the input follows."""

    def type_lines(*lines):
        rest = list(lines)

        def read(prompt):
            print(prompt)
            if not rest:
                raise EOFError
            return rest.pop(0)

        monkeypatch.setattr(builtins, "input", read)
        for stream in ("stdin", "stdout"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)

    return type_lines


def saved():
    return json.loads(Path("exercises/.progress.json").read_text())["quizzes"]


def test_without_a_terminal_the_questions_and_the_option_are_shown(call):
    exit_code, out, _ = call("exercises", "quiz", "neuron")
    assert exit_code == 0
    assert "1. What is 2 * 3?\n   1  It is 5.\n   2  It is 6.\n   3  It is unknown.\n" in out
    assert out.endswith("Answer with dlcourse exercises quiz neuron --answers 1,1\n")
    assert "Three twice" not in out
    assert not Path("exercises").exists()


def test_answers_get_the_reason_of_what_was_chosen(call):
    exit_code, out, _ = call("exercises", "quiz", "neuron", "--answers", "1,1")
    assert exit_code == 1
    assert out.splitlines() == [
        "1. Not right. That is 2 + 3.",
        "2. Right. There is a minus.",
        "",
        "1 of 2 right at the first choice.",
    ]
    assert saved() == {"neuron": {"doubled": 1, "negative": 1}}
    exit_code, _, _ = call("exercises", "quiz", "neuron", "--answers", "2, 1")
    assert exit_code == 0
    assert saved() == {"neuron": {"doubled": 2, "negative": 1}}


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("1", "--answers has 1 numbers, and the quiz 2 questions"),
        ("1,3", "--answers '3' is not a choice of question negative"),
        ("0,1", "--answers '0' is not a choice of question doubled"),
        ("a,1", "--answers 'a' is not a choice of question doubled"),
    ],
)
def test_answers_that_fit_no_choice_are_named(call, answers, message):
    exit_code, _, err = call("exercises", "quiz", "neuron", "--answers", answers)
    assert exit_code == 2
    assert message in one_line(err)
    assert not Path("exercises").exists()


def test_an_unknown_chapter_gets_the_nearest_one(call):
    exit_code, _, err = call("exercises", "quiz", "neurons")
    assert exit_code == 2
    assert "did you mean neuron?" in one_line(err)


def test_the_first_choice_counts_and_the_question_comes_again(call, terminal):
    terminal("1", "nine", "", "2", "1")
    exit_code, out, _ = call("exercises", "quiz", "neuron")
    assert exit_code == 1
    reasons = ["Not right. That is 2 + 3.", "Type a number from 1 to 3", "Right. Three twice."]
    places = [out.index(reason) for reason in reasons]
    assert places == sorted(places)
    assert out.endswith("1 of 2 right at the first choice.\n")
    assert saved() == {"neuron": {"doubled": 1, "negative": 1}}


@pytest.mark.parametrize(
    ("lines", "recorded"), [([], {}), (["2"], {"doubled": 2}), (["3"], {"doubled": 3})]
)
def test_the_end_of_the_input_keeps_what_was_answered(call, terminal, lines, recorded):
    terminal(*lines)
    exit_code, _, _ = call("exercises", "quiz", "neuron")
    assert exit_code == 1
    assert saved() == {"neuron": recorded}
