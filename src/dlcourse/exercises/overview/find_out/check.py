"""Check overview/find_out."""

import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "an unknown question": "You ask {got}: the questions are “clever”, “learned” and “layers”.",
    "learning is not asked for": "For a program that {program} you ask {asked} and return “{got}”, "
    "expected “{expected}”: whether it learned from data decides first.",
    "the layers are not asked for": "For a program that {program} you ask {asked} and return "
    "“{got}”, expected “{expected}”: ask how many layers of features it learned.",
    "one layer is called deep": "For a program that {program} you return “{got}”, expected "
    "“{expected}”: one layer of learned features is not called deep.",
    "two layers are not called deep": "For a program that {program} you return “{got}”, expected "
    "“{expected}”: two layers of learned features are enough.",
    "the word for what did not learn": "For a program that {program} you return “{got}”, expected "
    "“{expected}”: without learning it matters whether it seems clever.",
    "another word": "For a program that {program} you return “{got}”, expected “{expected}”.",
    "a question is not needed": "For a program that {program} you ask {asked}: the answer to "
    "“{question}” cannot change the word there.",
}


def right_word(clever: bool, learned: bool, layers: int) -> str:
    """Return the innermost ring."""
    if learned:
        return "DL" if layers >= 2 else "ML"
    return "AI" if clever else "none"


def look(learner, clever: bool, learned: bool, layers: int) -> None:
    """Let the learner ask about one program."""
    answers = {"clever": clever, "learned": learned, "layers": layers}
    asked: list[str] = []

    def ask(question: str) -> bool | int:
        expect(question in list(answers), "an unknown question", got=question)
        asked.append(question)
        return answers[question]

    got = learner.find_out(ask)
    expected = right_word(clever, learned, layers)
    program = "seems clever" if clever else "does not seem clever"
    if learned:
        layers_shown = "1 layer" if layers == 1 else f"{layers} layers"
        program = f"learned {layers_shown} of features from data"
    shown = {"program": program, "got": got, "expected": expected}
    questions = ", ".join(f"“{question}”" for question in asked) or "nothing"
    if got != expected:
        expect("learned" in asked, "learning is not asked for", asked=questions, **shown)
        needs_layers = learned and "layers" not in asked
        expect(not needs_layers, "the layers are not asked for", asked=questions, **shown)
        expect(not (learned and layers == 1), "one layer is called deep", **shown)
        expect(not (learned and layers == 2), "two layers are not called deep", **shown)
        expect(learned, "the word for what did not learn", **shown)
        expect(False, "another word", **shown)
    useless = "clever" if learned else "layers"
    details = {"program": program, "asked": questions, "question": useless}
    expect(useless not in asked, "a question is not needed", **details)


def check(learner, generator: random.Random) -> None:
    """Ask about the chatbot of the task, then the edges, then about random programs."""
    look(learner, True, True, 96)
    look(learner, True, True, 0)
    look(learner, True, True, 1)
    look(learner, True, True, 2)
    look(learner, True, False, 0)
    look(learner, False, False, 0)
    for _ in range(8):
        learned = generator.random() < 0.5
        layers = generator.randint(0, 7) if learned else 0
        look(learner, generator.random() < 0.5, learned, layers)
