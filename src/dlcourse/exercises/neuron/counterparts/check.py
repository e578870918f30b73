"""Check neuron/counterparts."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_list, is_close

MESSAGES = {
    "not a dictionary": "{name} has {got} for moment {moment}, expected a dictionary.",
    "a key is missing": "{name} lacks the key “{entry}” in moment {moment}.",
    "another product": "{name}, moment {moment}: “{entry}” is {got}, expected {expected}, one "
    "product for each of the inputs {inputs}.",
    "no bias": "neuron(...), moment {moment}: the weighted sum is {got}, expected {expected}: the "
    "bias is missing.",
    "no time in the formula": "neuron(...), moment {moment}: the weighted sum is {got}, expected "
    "{expected}. Nothing is left from the moment before: the formula has no time.",
    "another sum": "neuron(...), moment {moment}: the weighted sum is {got}, expected {expected}.",
    "another output": "neuron(...), moment {moment}: the output for the sum {total} is {got}, "
    "expected {expected}: it is 1 above zero only.",
    "no charge is kept": "cell(...), moment {moment}: the soma has {got}, expected {expected}. The "
    "cell has time: half of the charge before is still there.",
    "nothing leaks": "cell(...), moment {moment}: the soma has {got}, expected {expected}: half of "
    "the charge before, {before}, has leaked away.",
    "charge after a spike": "cell(...), moment {moment}: the soma has {got}, expected {expected}: "
    "after a spike the charge begins at 0.",
    "another charge": "cell(...), moment {moment}: the soma has {got}, expected {expected}.",
    "no rest": "cell(...), moment {moment}: the axon has 1, expected 0. The cell has fired in the "
    "moment before, and cannot fire at once again.",
    "another spike": "cell(...), moment {moment}: the axon has {got}, expected {expected}, for a "
    "charge of {charge} and the threshold {threshold}.",
}


def look_at_keys(got, name, keys, moments):
    """Stop unless there is a dictionary with the keys for each moment."""
    expect_list(got, len(moments), name)
    for moment, parts in enumerate(got, start=1):
        is_dictionary = isinstance(parts, dict)
        expect(is_dictionary, "not a dictionary", name=name, got=parts, moment=moment)
        for key in keys:
            expect(key in parts, "a key is missing", name=name, entry=key, moment=moment)


def look_at_products(got, key, name, inputs, factors, moment):
    """Compare the products with the inputs, and return their sum."""
    expected = [factor * x for factor, x in zip(factors, inputs, strict=True)]
    expect_list(got, len(inputs), f"“{key}” of {name}")
    shown = {"got": got, "expected": expected, "inputs": inputs, "moment": moment}
    is_right = are_close(got, expected)
    expect(is_right, "another product", name=name, entry=key, **shown)
    return sum(expected)


def look_at_neuron(learner, moments, weights, bias):
    """Compare products, sum and output of each moment."""
    name = "neuron(...)"
    got = learner.neuron([inputs[:] for inputs in moments], weights[:], bias)
    keys = ["weighted inputs", "weighted sum", "output"]
    look_at_keys(got, name, keys, moments)
    before = 0.0
    for moment, inputs in enumerate(moments, start=1):
        parts = got[moment - 1]
        products = parts["weighted inputs"]
        added = look_at_products(products, "weighted inputs", name, inputs, weights, moment)
        total = parts["weighted sum"]
        shown = {"moment": moment, "got": total, "expected": added + bias}
        is_right = is_close(total, added + bias)
        expect(is_right or not is_close(total, added), "no bias", **shown)
        remembered = [added + bias + before, added + bias + before / 2]
        has_time = any(is_close(total, value) for value in remembered)
        expect(is_right or not has_time, "no time in the formula", **shown)
        expect(is_right, "another sum", **shown)
        output = parts["output"]
        expected = int(added + bias > 0)
        shown = {"moment": moment, "total": added + bias, "got": output, "expected": expected}
        expect(is_close(output, expected), "another output", **shown)
        before = added + bias


def look_at_cell(learner, moments, synapses, threshold):
    """Compare dendrites, soma and axon of each moment."""
    name = "cell(...)"
    got = learner.cell([inputs[:] for inputs in moments], synapses[:], threshold)
    look_at_keys(got, name, ["dendrites", "soma", "axon"], moments)
    before = 0.0
    has_fired = False
    for moment, inputs in enumerate(moments, start=1):
        parts = got[moment - 1]
        added = look_at_products(parts["dendrites"], "dendrites", name, inputs, synapses, moment)
        left = 0.0 if has_fired else before
        charge = left / 2 + added
        soma = parts["soma"]
        shown = {"moment": moment, "got": soma, "expected": charge, "before": before}
        mistakes = {"no charge is kept": added, "nothing leaks": left + added}
        if has_fired:
            mistakes = {"charge after a spike": before / 2 + added}
        is_right = is_close(soma, charge)
        for mistake, value in mistakes.items():
            expect(is_right or not is_close(soma, value), mistake, **shown)
        expect(is_right, "another charge", **shown)
        axon = parts["axon"]
        expected = int(charge > threshold and not has_fired)
        rests = not has_fired or not is_close(axon, 1)
        expect(rests, "no rest", moment=moment)
        shown = {"moment": moment, "got": axon, "expected": expected}
        is_spike = is_close(axon, expected)
        expect(is_spike, "another spike", charge=charge, threshold=threshold, **shown)
        before = charge
        has_fired = expected == 1


def check(learner, generator: random.Random) -> None:
    """Begin with the example of the task; then other synapses, thresholds and spikes."""
    moments = [[1, 0], [1, 0], [1, 1]]
    look_at_neuron(learner, moments, [2, 1], -2.5)
    look_at_neuron(learner, moments, [2, 1], -3)  # the last sum is exactly 0
    look_at_cell(learner, moments, [2, 1], 2.5)
    look_at_cell(learner, [*moments, [1, 0], [0, 0], [1, 1]], [2, 1], 3)
    for count in (3, 5):
        synapses = [round(generator.uniform(0.5, 3), 1) for _ in range(count)]
        synapses[generator.randrange(count)] *= -1  # one of them inhibits
        threshold = round(generator.uniform(0.5, 2), 1)
        moments = [[generator.randint(0, 1) for _ in range(count)] for _ in range(12)]
        look_at_neuron(learner, moments, synapses, -threshold)
        look_at_cell(learner, moments, synapses, threshold)
