"""Check gan/best_discriminator."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number, is_close

MESSAGES = {
    "not a pair": "best_discriminator(...) is {got}, expected a pair: the list of outputs and the "
    "loss.",
    "the share of generated ones": "For p = {p} and q = {q} your outputs are {got}, expected "
    "{expected}: that is q / (p + q), the share of generated examples.",
    "the ratio": "For p = {p} and q = {q} your outputs are {got}, expected {expected}: that is p "
    "/ q. A probability is a share of all examples: p / (p + q).",
    "p itself": "For p = {p} and q = {q} your outputs are {got}, expected {expected}: that is p. "
    "How often an example occurs does not say how likely it is real.",
    "certain answers": "For p = {p} and q = {q} your outputs are {got}, expected {expected}: "
    "answers of 0 and 1 alone cost an infinite loss when they are wrong.",
    "other outputs": "For p = {p} and q = {q} your outputs are {got}, expected {expected}.",
    "no generated part": "For p = {p} and q = {q} the loss is {got}, expected {expected}: the "
    "generated examples are missing.",
    "the mean": "For p = {p} and q = {q} the loss is {got}, expected {expected}: that is the mean "
    "over the examples. The probabilities weigh them already.",
    "log base 2": "For p = {p} and q = {q} the loss is {got}, expected {expected}: that is in "
    "bits. Use the natural logarithm.",
    "the sign": "For p = {p} and q = {q} the loss is {got}, expected {expected}: logarithms of "
    "probabilities are negative, so the loss needs a minus.",
    "unweighted": "For p = {p} and q = {q} the loss is {got}, expected {expected}: each logarithm "
    "counts as often as its example occurs, p or q times.",
    "another loss": "For p = {p} and q = {q} the loss is {got}, expected {expected}.",
}


def log(value):
    """Return the logarithm, 0 for 0 (it is multiplied by 0)."""
    return math.log(value) if value > 0 else 0.0


def compare(learner, p, q):
    """Compare the outputs, then the loss, with those of known mistakes."""
    got = learner.best_discriminator(p[:], q[:])
    expect(isinstance(got, tuple | list) and len(got) == 2, "not a pair", got=got)
    outputs, loss = got
    expect_list(outputs, len(p), "the list of outputs")
    for output in outputs:
        expect_number(output, "an output")
    expect_number(loss, "the loss")
    pairs = list(zip(p, q, strict=True))
    expected = [real / (real + generated) for real, generated in pairs]
    mistakes = {
        "the share of generated ones": [
            generated / (real + generated) for real, generated in pairs
        ],
        "the ratio": [real / generated if generated else math.inf for real, generated in pairs],
        "p itself": p,
        "certain answers": [float(real > generated) for real, generated in pairs],
    }
    shown = {"p": p, "q": q, "got": outputs, "expected": expected}
    for key, mistaken in mistakes.items():
        is_other = not are_close(mistaken, expected) and math.isfinite(sum(mistaken))
        expect(not (is_other and are_close(outputs, mistaken)), key, **shown)
    expect(are_close(outputs, expected), "other outputs", **shown)
    compare_loss(loss, p, q, expected)


def compare_loss(loss, p, q, outputs):
    """Compare the loss with those of known mistakes."""
    triples = list(zip(p, q, outputs, strict=True))
    real_part = -sum(real * log(output) for real, _, output in triples)
    generated_part = -sum(generated * log(1 - output) for _, generated, output in triples)
    expected = real_part + generated_part
    mistakes = {
        "no generated part": real_part,
        "the mean": expected / len(p),
        "log base 2": expected / math.log(2),
        "the sign": -expected,
        "unweighted": -sum(log(output) + log(1 - output) for output in outputs),
    }
    shown = {"p": p, "q": q, "got": loss, "expected": expected}
    for key, mistaken in mistakes.items():
        is_other = not is_close(mistaken, expected)
        is_alone = is_other and sum(is_close(mistaken, other) for other in mistakes.values()) == 1
        expect(not (is_alone and is_close(loss, mistaken)), key, **shown)
    expect(is_close(loss, expected), "another loss", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the example, then equal and separate data, then random probabilities."""
    compare(learner, [0.1, 0.3, 0.6], [0.4, 0.3, 0.3])
    compare(learner, [0.25, 0.25, 0.5], [0.25, 0.25, 0.5])
    compare(learner, [0.5, 0.5, 0.0], [0.0, 0.0, 1.0])
    for count in (3, 5, 7):
        both = []
        for _ in range(2):
            weights = [generator.uniform(0.2, 1) for _ in range(count)]
            both.append([weight / sum(weights) for weight in weights])
        compare(learner, *both)
