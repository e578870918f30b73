"""Check stability/batch_norm."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

VALUE = "In {mode} a value of batch_norm is {got}, expected {expected}: "
LAYER = "A value of layer_norm is {got}, expected {expected}: "
MESSAGES = {
    "a constant feature is divided by 0": "A feature with equal values in the batch gives {got}: "
    "its variance is 0. Add eps to it before the root.",
    "the mean is over the features": VALUE
    + "the mean is taken over the features of an example. Use dim=0.",
    "the variance is divided by one less": VALUE
    + "to normalize, divide the variance by the number of examples: correction=0.",
    "the root is missing": VALUE + "divide by the root of variance + eps.",
    "gamma and beta are left out": VALUE + "multiply by gamma and add beta.",
    "another training output": VALUE + "gamma * (x - mean) / root of (variance + eps) + beta.",
    "the running mean does not move": "After training running_mean is still {got}, expected "
    "{expected}: change the tensor itself, with copy_.",
    "the running mean moves too far": "After training running_mean is {got}, expected {expected}: "
    "keep nine tenths of the old mean, and add a tenth of the new one.",
    "another running mean": "After training running_mean is {got}, expected {expected}.",
    "the running variance is divided by the number": "After training running_var is {got}, "
    "expected {expected}: for it the variance is divided by one less than the number of examples.",
    "another running variance": "After training running_var is {got}, expected {expected}.",
    "the batch is used in evaluation": VALUE
    + "the batch's own mean is used. In evaluation use the running ones.",
    "another evaluation output": VALUE + "use running_mean and running_var.",
    "the running tensors move in evaluation": "In evaluation running_mean moves from {before} to "
    "{got}: change nothing there.",
    "layer_norm averages over the batch": LAYER + "that is averaged over the batch. Use dim=1, "
    "the features of each example.",
    "the variance of an example is divided by one less": LAYER
    + "divide the variance by the number of features: correction=0.",
    "another value of layer_norm": LAYER + "use the mean and variance of its own example.",
    "x is changed": "Afterwards x is changed: make a new tensor.",
}
EPS = 1e-5


def normal(x, mean, var, gamma, beta):
    """Return x normalized by these statistics."""
    return gamma * (x - mean) / (var + EPS).sqrt() + beta


def expect_same(got, expected, key: str, mistakes: dict, **shown) -> None:
    """Stop at the value that differs most; `mistakes` are the tensors of known mistakes."""
    place = (got - expected).abs().flatten().argmax()
    shown["got"] = got.flatten()[place].item()
    shown["expected"] = expected.flatten()[place].item()
    for cause, mistaken in mistakes.items():
        is_mistake = torch.allclose(got, mistaken) and not torch.allclose(mistaken, expected)
        expect(not is_mistake, cause, **shown)
    expect(torch.allclose(got, expected), key, **shown)


def check(learner, generator: random.Random) -> None:
    """Check training, then the running tensors, then evaluation, then layer_norm."""
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    column = torch.tensor([[1.0], [3.0], [5.0]], dtype=torch.float64)
    ones = torch.ones(1, dtype=torch.float64)
    check_training(learner, column, ones, 0 * ones, [ones.clone(), 2 * ones])
    for shape in ((7, 3), (5, 6), (3, 5)):
        x = 2 * torch.randn(shape, dtype=torch.float64, generator=torch_generator) + 1
        x[:, 1] = 2.5  # a constant feature
        num_features = shape[1]
        gamma, beta, mean, var = torch.rand(
            4, num_features, dtype=torch.float64, generator=torch_generator
        )
        check_training(learner, x, gamma + 0.5, beta, [mean, var + 0.5])
        for rows in (x, x[:1]):
            check_evaluation(learner, rows, gamma + 0.5, beta, [mean, var + 0.5])
        check_layer_norm(learner, x, gamma + 0.5, beta)


def check_training(learner, x, gamma, beta, running) -> None:
    """Compare the output in training, and then the two running tensors."""
    given = x.clone()
    mean = x.mean(dim=0)
    var = x.var(dim=0, correction=0)
    unbiased = x.var(dim=0)
    running_mean, running_var = (tensor.clone() for tensor in running)
    got = learner.batch_norm(given, gamma, beta, running_mean, running_var, True)
    if isinstance(got, torch.Tensor) and not bool(got.isfinite().all()) and (var == 0).any():
        first = got[~got.isfinite()][0].item()
        expect(False, "a constant feature is divided by 0", got=first)
    expect_tensor(got, tuple(x.shape), "batch_norm(...)")
    rows = normal(x, x.mean(1, keepdim=True), x.var(1, correction=0, keepdim=True), gamma, beta)
    mistakes = {
        "the mean is over the features": rows,
        "the variance is divided by one less": normal(x, mean, unbiased, gamma, beta),
        "the root is missing": gamma * (x - mean) / (var + EPS) + beta,
        "gamma and beta are left out": normal(x, mean, var, 1, 0),
    }
    right = normal(x, mean, var, gamma, beta)
    expect_same(got, right, "another training output", mistakes, mode="training")
    expect(torch.equal(given, x), "x is changed")
    mistakes = {
        "the running mean does not move": running[0],
        "the running mean moves too far": 0.1 * running[0] + 0.9 * mean,
    }
    right = 0.9 * running[0] + 0.1 * mean
    expect_same(running_mean, right, "another running mean", mistakes)
    mistaken = 0.9 * running[1] + 0.1 * var
    mistakes = {"the running variance is divided by the number": mistaken}
    right = 0.9 * running[1] + 0.1 * unbiased
    expect_same(running_var, right, "another running variance", mistakes)


def check_evaluation(learner, x, gamma, beta, running) -> None:
    """Compare the output in evaluation, also of one example, and that nothing moves."""
    running_mean, running_var = (tensor.clone() for tensor in running)
    got = learner.batch_norm(x.clone(), gamma, beta, running_mean, running_var, False)
    expect_tensor(got, tuple(x.shape), "batch_norm(...)")
    has_moved = not torch.equal(running_mean, running[0]) or not torch.equal(
        running_var, running[1]
    )
    shown = {"before": running[0][0].item(), "got": running_mean[0].item()}
    expect(not has_moved, "the running tensors move in evaluation", **shown)
    own = normal(x, x.mean(dim=0), x.var(dim=0, correction=0), gamma, beta)
    mistakes = {"the batch is used in evaluation": own}
    right = normal(x, *running, gamma, beta)
    expect_same(got, right, "another evaluation output", mistakes, mode="evaluation")


def check_layer_norm(learner, x, gamma, beta) -> None:
    """Compare the output of layer_norm, also of an example with equal values."""
    x = x.clone()
    x[0] = 1.5
    given = x.clone()
    got = learner.layer_norm(given, gamma, beta)
    expect_tensor(got, tuple(x.shape), "layer_norm(...)")
    mean = x.mean(dim=1, keepdim=True)
    var = x.var(dim=1, correction=0, keepdim=True)
    columns = normal(x, x.mean(dim=0), x.var(dim=0, correction=0), gamma, beta)
    unbiased = normal(x, mean, x.var(dim=1, keepdim=True), gamma, beta)
    mistakes = {
        "layer_norm averages over the batch": columns,
        "the variance of an example is divided by one less": unbiased,
    }
    right = normal(x, mean, var, gamma, beta)
    expect_same(got, right, "another value of layer_norm", mistakes)
    expect(torch.equal(given, x), "x is changed")
