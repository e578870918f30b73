"""`dlcourse exercises quiz`: the questions of a chapter, with the reason of each wrong choice."""

import sys

import typer

from dlcourse.commands.exercises_steps import COMMAND, EXIT_NOT_PASSED
from dlcourse.errors import UsageError, unknown_name
from dlcourse.exercises.catalog import Question, load_quiz, quiz_chapters
from dlcourse.exercises.progress import Progress


def answer_quiz(chapter: str, answers: str | None, progress: Progress) -> None:
    """Ask the questions of a chapter, or grade the answers that were given with the command.

    Without a terminal the questions are only printed. The first choice of each is recorded.
    Raises: UsageError for an unknown chapter, or for answers that fit no choice.
    """
    questions = load_quiz(chapter)
    if not questions:
        raise unknown_name("quiz of the chapter", chapter, quiz_chapters())
    if answers is not None:
        choices = read_choices(answers, questions)
        for number, question in enumerate(questions):
            print(f"{number + 1}. {explain(question, choices[number])}")
    elif sys.stdin.isatty() and sys.stdout.isatty():
        choices = ask_all(questions)
    else:
        for number, question in enumerate(questions):
            print(f"{number + 1}. {describe(question)}\n")
        example = ",".join("1" for _ in questions)
        print(f"Answer with {COMMAND} quiz {chapter} --answers {example}")
        return
    chosen = {one.id: choice for one, choice in zip(questions, choices, strict=False)}
    progress.quizzes.setdefault(chapter, {}).update(chosen)
    progress.save()
    num_right = sum(chosen.get(one.id) == one.right for one in questions)
    print(f"\n{num_right} of {len(questions)} right at the first choice.")
    if num_right < len(questions):
        raise typer.Exit(EXIT_NOT_PASSED)


def read_choices(answers: str, questions: list[Question]) -> list[int]:
    """Return the choices that were written as 1,3,2.

    Raises: UsageError where they are not one number for each question.
    """
    words = answers.replace(" ", "").split(",")
    if len(words) != len(questions):
        problem = f"--answers has {len(words)} numbers, and the quiz {len(questions)} questions"
        raise UsageError(problem, "write one number for each, such as 1,3,2")
    for word, question in zip(words, questions, strict=True):
        if not is_choice(word, question):
            problem = f"--answers {word!r} is not a choice of question {question.id}"
            raise UsageError(problem, f"write a number from 1 to {len(question.choices)}")
    return [int(word) for word in words]


def is_choice(word: str, question: Question) -> bool:
    """Tell whether a word is the number of a choice."""
    return word.isdecimal() and 1 <= int(word) <= len(question.choices)


def ask_all(questions: list[Question]) -> list[int]:
    """Ask each question until its right choice is found; return the first choices.

    The list is shorter when the learner ends the input.
    """
    choices: list[int] = []
    for number, question in enumerate(questions):
        print(f"\n{number + 1} of {len(questions)}. {describe(question)}")
        choice = 0
        tries: list[int] = []
        while choice != question.right:
            try:
                word = input(f"Your choice (1-{len(question.choices)}): ").strip()
            except EOFError:
                return choices + tries[:1]
            if not is_choice(word, question):
                print(f"Type a number from 1 to {len(question.choices)}, or Ctrl-D to stop.")
                continue
            choice = int(word)
            tries.append(choice)
            print(explain(question, choice))
        choices.append(tries[0])
    return choices


def describe(question: Question) -> str:
    """Return a question and its numbered choices."""
    lines = [question.text]
    for number, choice in enumerate(question.choices):
        lines.append(f"   {number + 1}  {choice.text}")
    return "\n".join(lines)


def explain(question: Question, choice: int) -> str:
    """Return whether a choice is right, and why."""
    word = "Right" if choice == question.right else "Not right"
    return f"{word}. {question.choices[choice - 1].explanation}"
