"""Check stability/he_init."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

STD = "With {fan_in} inputs and {fan_out} outputs the standard deviation is {got}, expected about "
MESSAGES = {
    "the shape is transposed": "The weights have the shape {got}, expected {expected}: a row for "
    "each output.",
    "all weights are equal": "All weights are {got}: units with equal weights stay equal, so the "
    "start must be random.",
    "all rows are equal": "Both of the first two rows begin with {got}: units with equal weights "
    "stay equal. Draw each row anew.",
    "the weights are never negative": "The smallest weight is {got}: the weights are never "
    "negative. Their mean must be 0.",
    "another mean": "The mean of {count} weights is {got}, expected about 0.",
    "the outputs decide": STD + "{expected}: the number of inputs decides, not that of outputs.",
    "the variance is taken for the standard deviation": STD + "{expected}: 2/{fan_in} is the "
    "variance, so take its square root.",
    "half of the signal is lost": STD
    + "{expected}: ReLU removes half of the mean square, so use 2 in place of 1.",
    "that is Glorot's standard deviation": STD + "{expected}: you use Glorot's, which is made for "
    "layers without ReLU.",
    "another standard deviation": STD + "{expected}, the square root of 2/{fan_in}.",
    "the weights are not normal": "Of your weights {got}% are beyond two standard deviations, "
    "expected about 4.6%: draw from the normal distribution.",
    "the generator is not used": "Equal generators give different weights: draw with "
    "generator=generator.",
    "the global generator is changed": "torch's global generator is changed: draw with "
    "generator=generator alone.",
}


def check(learner, generator: random.Random) -> None:
    """Check the shape, then what is random, then the mean and the standard deviation.

    The standard deviation of 40,000 weights is within 4% of its value, eleven standard errors.
    """
    for fan_in, fan_out in ((200, 300), (330, 130)):
        seed = generator.randrange(2**31)
        weights = draw(learner, fan_in, fan_out, seed)
        check_mean(weights)
        check_std(weights.std().item(), fan_in, fan_out)
        beyond = (weights.abs() > 2 * weights.std()).double().mean().item()
        is_normal = 0.03 < beyond < 0.06
        expect(is_normal, "the weights are not normal", got=round(100 * beyond, 1))
        check_generator(learner, fan_in, fan_out, seed)


def draw(learner, fan_in: int, fan_out: int, seed: int) -> torch.Tensor:
    """Return the learner's weights, of the right shape and not all equal."""
    torch_generator = torch.Generator().manual_seed(seed)
    weights = learner.he_init(fan_in, fan_out, torch_generator)
    is_tensor = isinstance(weights, torch.Tensor)
    shape = tuple(weights.shape) if is_tensor else ()
    is_transposed = shape == (fan_in, fan_out)
    shown = {"got": shape, "expected": (fan_out, fan_in)}
    expect(not is_transposed, "the shape is transposed", **shown)
    expect_tensor(weights, (fan_out, fan_in), f"he_init({fan_in}, {fan_out}, generator)")
    first = weights[0, 0].item()
    expect(bool((weights != first).any()), "all weights are equal", got=first)
    is_repeated = torch.equal(weights[0], weights[1])
    expect(not is_repeated, "all rows are equal", got=first)
    return weights


def check_mean(weights: torch.Tensor) -> None:
    """Compare the mean with 0, within eleven standard errors."""
    smallest = weights.min().item()
    expect(smallest < 0, "the weights are never negative", got=smallest)
    mean = weights.mean().item()
    limit = 11 * weights.std().item() / weights.numel() ** 0.5
    expect(abs(mean) < limit, "another mean", count=weights.numel(), got=mean)


def check_std(got: float, fan_in: int, fan_out: int) -> None:
    """Compare the standard deviation with He's, and with that of each known mistake."""
    expected = (2 / fan_in) ** 0.5
    mistakes = {
        "the outputs decide": (2 / fan_out) ** 0.5,
        "the variance is taken for the standard deviation": 2 / fan_in,
        "half of the signal is lost": (1 / fan_in) ** 0.5,
        "that is Glorot's standard deviation": (2 / (fan_in + fan_out)) ** 0.5,
    }
    shown = {"fan_in": fan_in, "fan_out": fan_out, "got": round(got, 4)}
    shown["expected"] = round(expected, 4)
    for key, mistaken in mistakes.items():
        expect(abs(got / mistaken - 1) > 0.04, key, **shown)
    expect(abs(got / expected - 1) < 0.04, "another standard deviation", **shown)


def check_generator(learner, fan_in: int, fan_out: int, seed: int) -> None:
    """Compare two draws with equal generators, and the global state before and after."""
    before = torch.get_rng_state()
    one = draw(learner, fan_in, fan_out, seed)
    after = torch.get_rng_state()
    other = draw(learner, fan_in, fan_out, seed)
    torch.set_rng_state(before)
    expect(torch.equal(one, other), "the generator is not used")
    expect(torch.equal(before, after), "the global generator is changed")
