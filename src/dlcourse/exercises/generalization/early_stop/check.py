"""Check generalization/early_stop."""

import random

from dlcourse.exercises.checking import expect, expect_number

CASE = "early_stop({losses}, {patience}) returns {got}, expected {expected}: "
CURVES = (
    "For training losses {training} and validation losses {validation} you return "
    '"{got}", expected "{expected}"'
)
MESSAGES = {
    "compared with the epoch before": CASE + "each loss is compared with the epoch before. "
    "Compare with the best one.",
    "it looks ahead": CASE + "this looks ahead. At each epoch only the losses so far are known.",
    "an equal loss counts as better": CASE
    + "an equal loss counts as better, but nothing improved.",
    "it stops one epoch late": CASE + "one epoch late. Stop when the best is patience epochs back.",
    "the best epoch is returned": CASE + "that is the best epoch. Return the one at which "
    "training stops.",
    "it never stopped early": CASE + "training never stops early, so it ends at the last epoch.",
    "another epoch": CASE + "the best epoch must lie {patience} back.",
    "overfitting is not recognized": CURVES + ": the validation loss ends far above its lowest.",
    "a gap is not overfitting": CURVES + ": the validation loss is higher, but it does not rise.",
    "still falling": CURVES + ": the training loss still falls.",
    "it has stopped falling": CURVES + ": in the last quarter it hardly falls.",
    "another word": CURVES + " with good_loss {good_loss}.",
}
MISTAKES = list(MESSAGES)[:6]
EXAMPLES = [
    ([3, 2, 1, 2, 2, 0], 2),
    ([5, 4, 6, 5, 4.5, 3, 9], 3),
    ([2, 1, 1, 1, 1], 2),
    ([4, 3, 3.5, 2, 2.5], 3),
    ([1, 2], 1),
]


def stop(losses, patience, mistake="") -> int:
    """Return the epoch at which training stops, with a known mistake or without."""
    best = 0
    if mistake == "it looks ahead":
        return min(losses.index(min(losses)) + patience, len(losses) - 1)
    for epoch, loss in enumerate(losses):
        is_better = loss < losses[best]
        if mistake == "compared with the epoch before":
            is_better = epoch > 0 and loss < losses[epoch - 1]
        if mistake == "an equal loss counts as better":
            is_better = loss <= losses[best]
        if is_better:
            best = epoch
        if epoch - best >= patience + (mistake == "it stops one epoch late"):
            return best if mistake == "the best epoch is returned" else epoch
    return best if mistake == "it never stopped early" else len(losses) - 1


def check(learner, generator: random.Random) -> None:
    """Check the stopping first, then the words for curves."""
    cases = EXAMPLES[:]
    for _ in range(30):
        losses = [generator.randrange(1, 8) for _ in range(generator.randrange(3, 10))]
        cases.append((losses, generator.randrange(1, 5)))
    check_stops(learner, cases)
    check_curves(learner, generator)


def check_stops(learner, cases: list[tuple]) -> None:
    """Compare the epochs, and name the mistake that gives the learner's epoch in all examples."""
    epochs = []
    for losses, patience in cases:
        epochs.append(learner.early_stop(losses[:], patience))
        expect_number(epochs[-1], f"early_stop({losses}, {patience})")
    causes = ["another epoch"]
    for mistake in MISTAKES:
        mistaken = [stop(*case, mistake) for case in EXAMPLES]
        if mistaken == epochs[: len(EXAMPLES)]:
            causes.insert(0, mistake)
    for (losses, patience), got in zip(cases, epochs, strict=True):
        expected = stop(losses, patience)
        shown = {"losses": losses, "patience": patience, "got": got, "expected": expected}
        expect(got == expected, causes[0], **shown)


def check_curves(learner, generator: random.Random) -> None:
    """Compare the word for instructive curves, then for curves at the limits of the rules."""
    top = round(generator.uniform(2, 3), 1)
    for training, validation, good_loss, word, key in (
        ([2, 1, 0.5, 0.2], [2, 1, 1, 1.5], 0.3, "overfitting", "overfitting is not recognized"),
        ([top, 0.5, 0.2, 0.1], [top, 1, 0.9, 0.9], 0.2, "good", "a gap is not overfitting"),
        ([top, 1.5, 1, 0.9], [top, 1.6, 1.2, 1.1], 0.2, "too little training", "still falling"),
        (
            [top, 1, 0.99, 0.98],
            [top, 1, 1, 1],
            0.2,
            "too little capacity",
            "it has stopped falling",
        ),
        ([1, 0.5, 0.4, 0.3], [1, 10, 10, 11], 0.2, "overfitting", "overfitting is not recognized"),
        ([top, 1, 0.4, 0.3], [top, 1, 1, 1.05], 0.3, "good", "another word"),
        ([9, 8, 7, 6, 5, 4, 3.2, 3.1], [9] * 8, 1, "too little training", "still falling"),
        ([20, 20, 20, 19], [1, 1, 1, 1.1], 2, "too little capacity", "another word"),
        ([4, 4, 4, 3.5, 3, 3, 3, 3], [9] * 8, 1, "too little capacity", "it has stopped falling"),
        ([9, 4, 2.95, 2.9], [9] * 4, 1, "too little capacity", "it has stopped falling"),
        ([3, 3, 3, 3.1, 4, 2.8, 2.9], [9] * 7, 1, "too little capacity", "another word"),
    ):
        got = learner.read_curves(training[:], validation[:], good_loss)
        shown = {"training": training, "validation": validation, "good_loss": good_loss}
        is_right = isinstance(got, str) and got == word
        expect(is_right, key, got=got, expected=word, **shown)
