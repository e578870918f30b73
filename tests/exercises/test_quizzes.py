"""The questions of the pages: the right choice is what a program computes, and others are not."""

import contextlib
import io
import re
import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from dlcourse.exercises.catalog import Question, load_quiz, quiz_chapters

ROOT = Path(__file__).resolve().parents[2]
QUIZZES = {chapter: load_quiz(chapter) for chapter in quiz_chapters()}
QUESTIONS = [
    pytest.param(chapter, question, id=f"{chapter}/{question.id}")
    for chapter, quiz in QUIZZES.items()
    for question in quiz
]
FEWEST_QUESTIONS = 3
MOST_LONGEST = 0.6  # of the questions may have the longest choice as the right one, or the shortest
NEGATIVE = re.compile(  # "which of these is not ..."
    r"\b(?:which|what|who|where)\b[^?]*\b(?:not|never|except|cannot|wrong|false|\w+n['’]t)\b", re.I
)


def answer_of(program: str) -> str:
    """Return the variable `answer` of a snippet, as text."""
    with contextlib.redirect_stdout(io.StringIO()):
        names = runpy.run_path(str(ROOT / "snippets" / f"{program}.py"))
    plt.close("all")
    return str(names["answer"])


def asked(text: str) -> str:
    """Return the sentences of a text that are questions."""
    return " ".join(re.findall(r"[^.?!]*\?", text))


@pytest.mark.parametrize(("chapter", "question"), QUESTIONS)
def test_the_right_choice_alone_is_what_the_program_computes(chapter, question):
    assert question.program.startswith(f"{chapter}/predict_")
    answer = answer_of(question.program)
    values = [choice.value for choice in question.choices]
    assert values[question.right - 1] == answer
    assert values.count(answer) == 1


@pytest.mark.parametrize(("chapter", "question"), QUESTIONS)
def test_a_question_has_the_form_of_all(chapter, question):
    texts = [choice.text for choice in question.choices]
    assert 3 <= len(texts) <= 4
    assert len(set(texts)) == len(texts)
    assert 1 <= question.right <= len(texts)
    assert all(choice.explanation.strip() for choice in question.choices)
    assert re.fullmatch("[a-z][a-z0-9_]*", question.id)
    assert asked(question.text)
    assert not NEGATIVE.search(asked(question.text))


@pytest.mark.parametrize("chapter", QUIZZES)
def test_a_quiz_has_questions_of_different_names_and_places(chapter):
    quiz = QUIZZES[chapter]
    assert len(quiz) >= FEWEST_QUESTIONS
    assert len({question.id for question in quiz}) == len(quiz)
    assert len({question.right for question in quiz}) > 1


def share_of(questions: list[Question], choose) -> float:
    """Return the share of questions whose right choice alone has the chosen length."""
    hits = 0
    for question in questions:
        lengths = [len(choice.text) for choice in question.choices]
        right = lengths[question.right - 1]
        hits += right == choose(lengths) and lengths.count(right) == 1
    return hits / len(questions)


def test_the_length_of_a_choice_does_not_tell_the_right_one():
    questions = [question for quiz in QUIZZES.values() for question in quiz]
    assert share_of(questions, max) <= MOST_LONGEST
    assert share_of(questions, min) <= MOST_LONGEST


@pytest.mark.parametrize(
    ("text", "is_negative"),
    [
        ("Which of these is not a loss?", True),
        ("Which network can’t learn XOR?", True),
        ("A network has no hidden layer. What does it print?", False),
        ("How many slopes are not 0? What is the loss after one step?", False),
    ],
)
def test_a_negative_question_is_found(text, is_negative):
    assert bool(NEGATIVE.search(asked(text))) == is_negative
