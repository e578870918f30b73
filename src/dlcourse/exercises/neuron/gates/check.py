"""Check neuron/gates."""

import random

from dlcourse.exercises.checking import expect, expect_number

MESSAGES = {
    "not a dictionary": "gates() returns {got}, expected a dictionary.",
    "a task is missing": "The dictionary has no key {gate}: keep its keys as they are.",
    "not filled in": "{gate} still has a question mark: write (w1, w2, b), or None.",
    "not three numbers": "For {gate} you return {got}, expected (w1, w2, b) or None.",
    "a neuron can do it": "For {gate} you return None, but a single neuron can do it: one line has "
    "all its cases on one side.",
    "no single neuron": "Your {gate} neuron has the sum {z} at {case}, so it {does}. No weights do "
    "all four cases of {gate}: what do you return then?",
    "on the line itself": "{gate} at {case}: the sum is exactly 0, and the neuron fires only above "
    "0. Move the bias a little.",
    "the bias is too low": "{gate} at {case}: the sum is {z}, so the neuron stays silent, expected "
    "to fire. These weights can do it with a larger bias.",
    "the bias is too high": "{gate} at {case}: the sum is {z}, so the neuron fires, expected to "
    "stay silent. These weights can do it with a smaller bias.",
    "it stays silent": "{gate} at {case}: the sum is {z}, so the neuron stays silent, expected to "
    "fire. With these weights no bias can do it.",
    "it fires in another case": "{gate} at {case}: the sum is {z}, so the neuron fires, expected "
    "to stay silent. With these weights no bias can do it.",
    "the weights differ": "{gate} works with the weights {got}, but {other} has {expected}: use "
    "the same weights, and change only the bias.",
}
CASES = [(0, 0), (0, 1), (1, 0), (1, 1)]
FIRES = {
    "AND": [(1, 1)],
    "OR": [(0, 1), (1, 0), (1, 1)],
    "NAND": [(0, 0), (0, 1), (1, 0)],
    "NOR": [(0, 0)],
    "x1 but not x2": [(1, 0)],
    "XOR": [(0, 1), (1, 0)],
}


def has_bias(w1: float, w2: float, fires: list[tuple[int, int]]) -> bool:
    """Say whether these weights do the task with some bias."""
    on = [w1 * x1 + w2 * x2 for x1, x2 in fires]
    off = [w1 * x1 + w2 * x2 for x1, x2 in CASES if (x1, x2) not in fires]
    return min(on) > max(off)


def look(gate: str, got) -> None:
    """Stop at the first case that is wrong, and say whether the bias alone could help."""
    fires = FIRES[gate]
    expect(got != "?", "not filled in", gate=gate)
    if got is None:
        expect(gate == "XOR", "a neuron can do it", gate=gate)
        return
    is_three = isinstance(got, tuple) and len(got) == 3
    expect(is_three, "not three numbers", gate=gate, got=got)
    for number in got:
        expect_number(number, f"a number of {gate}")
    w1, w2, b = got
    is_possible = has_bias(w1, w2, fires)
    for case in CASES:
        z = w1 * case[0] + w2 * case[1] + b
        is_wrong = (z > 0) != (case in fires)
        shown = {"gate": gate, "case": case, "z": z}
        if is_wrong and gate == "XOR":
            expect(False, "no single neuron", does="fires" if z > 0 else "is silent", **shown)
        if not is_wrong:
            continue
        expect(z != 0, "on the line itself", gate=gate, case=case)
        if not is_possible:
            expect(z > 0, "it stays silent", **shown)
            expect(False, "it fires in another case", **shown)
        expect(z > 0, "the bias is too low", **shown)
        expect(False, "the bias is too high", **shown)


def check(learner, generator: random.Random) -> None:
    """Go through the tasks, then compare the weights of two pairs of them."""
    got = learner.gates()
    expect(isinstance(got, dict), "not a dictionary", got=got)
    for gate in FIRES:
        expect(gate in got, "a task is missing", gate=gate)
        look(gate, got[gate])
    for gate, other in [("OR", "AND"), ("NOR", "NAND")]:
        weights = got[gate][:2]
        expected = got[other][:2]
        shown = {"gate": gate, "other": other, "got": weights, "expected": expected}
        expect(weights == expected, "the weights differ", **shown)
