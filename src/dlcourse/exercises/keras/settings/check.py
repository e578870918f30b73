"""Check keras/settings."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "the momentum is not translated": "batch_norm_momentum({momentum}) returns {got}, expected"
    " {expected}: that is the same number with the opposite meaning.",
    "the momentum is Keras' default": "batch_norm_momentum({momentum}) returns {got}, expected"
    " {expected}: that is Keras' default, not a translation.",
    "another momentum": "batch_norm_momentum({momentum}) returns {got}, expected {expected}.",
    "not a bool": "from_logits({last}) returns {got}, expected True or False.",
    "from_logits is the wrong way round": "from_logits({last}) returns {got}, expected {expected}:"
    " without an activation function the outputs are logits.",
    "an activation is taken for a softmax": "from_logits({last}) returns {got}, expected"
    " {expected}: the outputs of this activation function are not probabilities of classes.",
    "a softmax is taken for logits": "from_logits({last}) returns {got}, expected {expected}:"
    " a softmax has turned the logits into probabilities.",
    "the epsilon is not translated": "adam_epsilon({eps}, {beta_2}, {step}) returns {got},"
    " expected {expected}: that is PyTorch's eps as it is.",
    "the epsilon is divided": "adam_epsilon({eps}, {beta_2}, {step}) returns {got},"
    " expected {expected}: you divided by the root, but have to solve for epsilon.",
    "the step does not count": "adam_epsilon({eps}, {beta_2}, {step}) returns {got},"
    " expected {expected}: that is the value for step 1.",
    "the root is missing": "adam_epsilon({eps}, {beta_2}, {step}) returns {got},"
    " expected {expected}: the square root is missing.",
    "another epsilon": "adam_epsilon({eps}, {beta_2}, {step}) returns {got}, expected {expected}.",
}


def check_momentum(learner, momentum):
    """Compare one translated momentum."""
    got = learner.batch_norm_momentum(momentum)
    expect_number(got, f"batch_norm_momentum({momentum})")
    values = {"momentum": momentum, "got": got, "expected": 1 - momentum}
    expect(not is_close(got, momentum), "the momentum is not translated", **values)
    expect(not is_close(got, 0.99), "the momentum is Keras' default", **values)
    expect(is_close(got, 1 - momentum), "another momentum", **values)


def check_logits(learner, last, key):
    """Compare what the loss is told about one last activation."""
    got = learner.from_logits(last)
    shown = repr(last)
    expect(isinstance(got, bool), "not a bool", last=shown, got=got)
    expected = last != "softmax"
    expect(got == expected, key, last=shown, got=got, expected=expected)


def check_epsilon(learner, eps, beta_2, step):
    """Compare one translated epsilon, as a multiple of eps: the numbers are small."""
    got = learner.adam_epsilon(eps, beta_2, step)
    expect_number(got, f"adam_epsilon({eps:.3g}, {beta_2:.3g}, {step})")
    share = 1 - beta_2**step
    root = math.sqrt(share)
    values = {"eps": eps, "beta_2": beta_2, "step": step, "got": got, "expected": eps * root}
    multiple = got / eps
    expect(not is_close(multiple, 1), "the epsilon is not translated", **values)
    expect(not is_close(multiple, 1 / root), "the epsilon is divided", **values)
    expect(not is_close(multiple, share), "the root is missing", **values)
    of_first = math.sqrt(1 - beta_2)
    is_first = step > 1 and is_close(multiple, of_first)
    expect(not is_first, "the step does not count", **values)
    expect(is_close(multiple, root), "another epsilon", **values)


def check(learner, generator: random.Random) -> None:
    """Begin with the three worked examples; then other settings, some of them random."""
    check_momentum(learner, 0.1)
    check_logits(learner, None, "from_logits is the wrong way round")
    check_epsilon(learner, 1e-8, 0.75, 1)
    for _ in range(3):
        check_momentum(learner, round(generator.uniform(0.02, 0.4), 3))
    check_logits(learner, "softmax", "a softmax is taken for logits")
    for last in ("relu", "linear", "tanh"):
        check_logits(learner, last, "an activation is taken for a softmax")
    check_epsilon(learner, 1e-8, 0.999, 3)
    for _ in range(3):
        eps = 10 ** generator.uniform(-9, -4)
        check_epsilon(learner, eps, round(generator.uniform(0.6, 0.9), 3), generator.randint(2, 6))
