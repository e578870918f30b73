"""Check loss/three_words."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "the loss of the other label": "The loss of x = {x} with the label {label} is {got}, expected "
    "{expected}: that is the loss of the other label.",
    "the probability as the loss": "The loss of x = {x} with the label {label} is {got}, expected "
    "{expected}: that is a probability. The loss is minus its logarithm.",
    "another loss": "The loss of x = {x} with the label {label} and w = {w} is {got}, expected "
    "{expected}.",
    "errors in place of correct answers": "The metric is {got}, expected {expected}: that is the "
    "share of the errors.",
    "at one half": "With w = 0 the metric is {got}, expected {expected}: each p is 0.5, which is "
    "not above 0.5, so each answer is 0.",
    "a count in place of a share": "The metric is {got}, expected {expected}: that is a count. "
    "Divide by the number of examples.",
    "the loss as the metric": "The metric is {got}, expected {expected}: that is the mean loss, "
    "which is not what people want to know.",
    "another metric": "The metric of {examples} with w = {w} is {got}, expected {expected}.",
    "the sum of the losses": "The objective is {got}, expected {expected}: you add the losses up. "
    "Take their mean.",
    "the penalty is missing": "The objective is {got}, expected {expected}: that is the mean loss "
    "without the penalty.",
    "a penalty for each example": "The objective is {got}, expected {expected}: the penalty is "
    "divided by the number of examples. Add it after the mean.",
    "the weight is not squared": "The objective with w = {w} is {got}, expected {expected}: the "
    "penalty is for the square of the weight.",
    "another objective": "The objective with w = {w} and the penalty {penalty} is {got}, expected "
    "{expected}.",
    "twice the slope": "The slope of {name} is {got}, expected {expected}: the two values lie 2h "
    "apart.",
    "the sign": "The slope of {name} is {got}, expected {expected}: subtract the value at w - h "
    "from the value at w + h.",
    "one side": "The slope of {name} is {got}, expected {expected}: use w + h and w - h, not w.",
    "another slope": "The slope of {name} is {got}, expected {expected}.",
}
EXAMPLES = [(2.0, 1), (1.0, 1), (-1.0, 0), (0.5, 0)]
H = 0.001


def loss(w, x, label):
    """Return the cross-entropy of one example."""
    p = 1 / (1 + math.exp(-w * x))
    return -math.log(p if label == 1 else 1 - p)


def look_at_losses(learner, w, examples):
    """Compare the loss of each example."""
    for x, label in examples:
        got = learner.loss(w, x, label)
        expect_number(got, "loss(w, x, label)")
        shown = {"x": x, "label": label, "w": w, "got": got, "expected": loss(w, x, label)}
        other = loss(w, x, 1 - label)
        expect(not is_close(got, other), "the loss of the other label", **shown)
        as_share = math.exp(-shown["expected"])
        expect(not is_close(got, as_share), "the probability as the loss", **shown)
        expect(is_close(got, shown["expected"]), "another loss", **shown)


def look_at_metric(learner, w, examples):
    """Compare the accuracy."""
    got = learner.metric(w, examples[:])
    expect_number(got, "metric(w, examples)")
    num_correct = sum((w * x > 0) == (label == 1) for x, label in examples)
    share = num_correct / len(examples)
    mean = sum(loss(w, x, label) for x, label in examples) / len(examples)
    shown = {"examples": examples, "w": w, "got": got, "expected": share}
    is_same = is_close(got, share)
    errors = is_close(got, 1 - share)
    expect(is_same or not errors, "errors in place of correct answers", **shown)
    expect(is_same or not is_close(got, num_correct), "a count in place of a share", **shown)
    expect(is_same or not is_close(got, mean), "the loss as the metric", **shown)
    expect(is_same, "another metric", **shown)


def look_at_objective(learner, w, examples, penalty):
    """Compare the objective with what known mistakes give."""
    got = learner.objective(w, examples[:], penalty)
    expect_number(got, "objective(w, examples, penalty)")
    total = sum(loss(w, x, label) for x, label in examples)
    mean = total / len(examples)
    expected = mean + penalty * w**2
    mistakes = {
        "the sum of the losses": total + penalty * w**2,
        "the penalty is missing": mean,
        "a penalty for each example": (total + penalty * w**2) / len(examples),
        "the weight is not squared": mean + penalty * w,
    }
    shown = {"w": w, "penalty": penalty, "got": got, "expected": expected}
    for key, value in mistakes.items():
        expect(is_close(value, expected) or not is_close(got, value), key, **shown)
    expect(is_close(got, expected), "another objective", **shown)


def look_at_slope(learner, name, function, w):
    """Compare the slope of a function."""
    got = learner.slope(function, w)
    expect_number(got, "slope(function, w)")
    difference = function(w + H) - function(w - H)
    expected = difference / (2 * H)
    shown = {"name": name, "got": got, "expected": expected}
    is_same = is_close(got, expected)
    expect(is_same or not is_close(got, 2 * expected), "twice the slope", **shown)
    expect(is_same or not is_close(got, -expected), "the sign", **shown)
    after = (function(w + H) - function(w)) / H
    before = (function(w) - function(w - H)) / H
    is_sided = is_close(got, after) or is_close(got, before)
    expect(is_same or not is_sided, "one side", **shown)
    expect(is_same, "another slope", **shown)


def check(learner, generator: random.Random) -> None:
    """Begin with the example and its weight 2, then slopes, then random examples."""
    look_at_losses(learner, 1.0, EXAMPLES)
    look_at_metric(learner, 1.0, EXAMPLES)
    got = learner.metric(0.0, [(1.0, 1), (2.0, 0), (-1.0, 0)])
    expect_number(got, "metric(w, examples)")
    expect(is_close(got, 2 / 3), "at one half", got=got, expected=2 / 3)
    look_at_objective(learner, 1.0, EXAMPLES, 0.1)
    look_at_objective(learner, 2.0, EXAMPLES, 0.1)
    look_at_slope(learner, "3w", lambda w: 3 * w, 1.0)
    look_at_slope(learner, "w²", lambda w: w**2, 0.0)
    look_at_slope(learner, "the metric", lambda w: learner.metric(w, EXAMPLES), 1.0)
    look_at_slope(learner, "the objective", lambda w: learner.objective(w, EXAMPLES, 0.1), 1.0)
    for count in (3, 5, 7):
        w = round(generator.uniform(0.3, 1.8), 2) * generator.choice([1, -1])
        examples = []
        for _ in range(count):
            x = round(generator.uniform(0.2, 2), 2) * generator.choice([1, -1])
            examples.append((x, generator.randrange(2)))
        look_at_losses(learner, w, examples)
        look_at_metric(learner, w, examples)
        look_at_objective(learner, w, examples, round(generator.uniform(0.1, 0.9), 2))
