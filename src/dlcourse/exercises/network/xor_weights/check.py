"""Check network/xor_weights."""

import random

from dlcourse.exercises.checking import expect, expect_list, expect_number, is_close

MESSAGES = {
    "not a pair": "xor_weights() returns {got}, expected two lists: return W, v.",
    "another number of units": "W has {got} lists of weights, expected 2: one for each of the two "
    "hidden units.",
    "both hidden units are the same": "Both hidden units compute {first}, {second}, {third}, "
    "{fourth} in the four cases: with two equal columns the second unit adds nothing.",
    "a bias would be needed": "The outputs are {outputs}: both hidden units add the switches, and "
    "only a bias could tell one switch from two. Give them different weights.",
    "the light is on with both up": "With both switches up the output is {got}, expected 0: each "
    "hidden unit is {first} and {second} there.",
    "one case has no light": "With only switch {switch} up the output is {got}, expected 1: the "
    "hidden units are {first} and {second} there.",
    "the light is not 1": "The outputs are {outputs}: the light is on in the correct cases, but "
    "its output is {got}, expected 1.",
    "other outputs": "The outputs are {outputs}, expected [0, 1, 1, 0].",
}
CASES = [(0, 0), (0, 1), (1, 0), (1, 1)]


def hidden_units(W: list[list[float]], x: tuple[int, int]) -> list[float]:
    """Return the activations of the hidden units."""
    return [max(0, w1 * x[0] + w2 * x[1]) for w1, w2 in W]


def look_at_lists(got) -> None:
    """Stop unless there are two lists of two weights, and two more."""
    expect(isinstance(got, tuple) and len(got) == 2, "not a pair", got=got)
    W, v = got
    is_list = isinstance(W, list)
    expect_list(W, len(W) if is_list else 2, "W")
    expect(len(W) == 2, "another number of units", got=len(W))
    for number, weights in enumerate([*W, v], start=1):
        name = "v" if number == 3 else f"list {number} of W"
        expect_list(weights, 2, name)
        for weight in weights:
            expect_number(weight, f"a weight in {name}")


def check(learner, generator: random.Random) -> None:
    """Compute the four cases, and name what is wrong in the first case that differs."""
    got = learner.xor_weights()
    look_at_lists(got)
    W, v = got
    hidden = [hidden_units(W, x) for x in CASES]
    outputs = [v[0] * h1 + v[1] * h2 for h1, h2 in hidden]
    if all(is_close(y, right) for y, right in zip(outputs, [0, 1, 1, 0], strict=True)):
        return
    add = all(w1 == w2 for w1, w2 in W)
    expect(not add, "a bias would be needed", outputs=outputs)
    first, second, third, fourth = (h1 for h1, _ in hidden)
    same = all(h1 == h2 for h1, h2 in hidden)
    shown = {"first": first, "second": second, "third": third, "fourth": fourth}
    expect(not same, "both hidden units are the same", **shown)
    is_scaled = is_close(outputs[3], 0) and is_close(outputs[1], outputs[2]) and outputs[1] > 0
    expect(not is_scaled, "the light is not 1", outputs=outputs, got=outputs[1])
    for switch, case in [(2, 1), (1, 2)]:
        h1, h2 = hidden[case]
        shown = {"switch": switch, "got": outputs[case], "first": h1, "second": h2}
        expect(is_close(outputs[case], 1), "one case has no light", **shown)
    h1, h2 = hidden[3]
    shown = {"got": outputs[3], "first": h1, "second": h2}
    expect(is_close(outputs[3], 0), "the light is on with both up", **shown)
    expect(False, "other outputs", outputs=outputs)
