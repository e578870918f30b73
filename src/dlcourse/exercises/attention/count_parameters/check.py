"""Check attention/count_parameters."""

import random

from dlcourse.exercises.checking import expect, expect_number

MESSAGES = {
    "no biases": "count_parameters({arguments}) returns {got}, expected {expected}: the biases of "
    "the linear layers are missing.",
    "an output of its own": "count_parameters({arguments}) returns {got}, expected {expected}: "
    "your output has weights of its own. It uses the embedding again.",
    "no positions": "count_parameters({arguments}) returns {got}, expected {expected}: the "
    "embedding of the positions is missing.",
    "no last normalization": "count_parameters({arguments}) returns {got}, expected {expected}: "
    "the normalization behind the last block is missing.",
    "no normalizations": "count_parameters({arguments}) returns {got}, expected {expected}: the "
    "normalizations are missing. Each has a gamma and a beta.",
    "one normalization a block": "count_parameters({arguments}) returns {got}, expected "
    "{expected}: a block has two normalizations, one before each part.",
    "no layer that joins the heads": "count_parameters({arguments}) returns {got}, expected "
    "{expected}: the layer that joins the heads is missing, from n to n features.",
    "a narrow hidden layer": "count_parameters({arguments}) returns {got}, expected {expected}: "
    "the hidden layer of the small network has 4 * n units, not n.",
    "one block": "count_parameters({arguments}) returns {got}, expected {expected}: you count one "
    "block, and there are {blocks}.",
    "everything in each block": "count_parameters({arguments}) returns {got}, expected "
    "{expected}: the embeddings are there once, not in each block.",
    "another number": "count_parameters({arguments}) returns {got}, expected {expected}.",
}


def count(vocabulary, context, n, blocks, **changed):
    """Return the number of parameters; changed: what a known mistake counts."""
    counts = {"bias": 1, "hidden": 4, "norms": 2, "last": 1, "join": 1, "positions": 1} | changed

    def linear(inputs, outputs):
        return inputs * outputs + counts["bias"] * outputs

    hidden = counts["hidden"] * n
    block = linear(n, 3 * n) + counts["join"] * linear(n, n)
    block += linear(n, hidden) + linear(hidden, n) + counts["norms"] * 2 * n
    embeddings = (vocabulary + counts["positions"] * context) * n
    return embeddings + blocks * block + counts["last"] * 2 * n


def compare(learner, *arguments):
    """Compare one number with those of known mistakes."""
    got = learner.count_parameters(*arguments)
    expect_number(got, "count_parameters(...)")
    vocabulary, _, n, blocks = arguments
    right = count(*arguments)
    mistakes = {
        "no biases": count(*arguments, bias=0),
        "an output of its own": right + vocabulary * n,
        "no positions": count(*arguments, positions=0),
        "no last normalization": count(*arguments, last=0),
        "no normalizations": count(*arguments, norms=0, last=0),
        "one normalization a block": count(*arguments, norms=1),
        "no layer that joins the heads": count(*arguments, join=0),
        "a narrow hidden layer": count(*arguments, hidden=1),
        "one block": count(*arguments[:3], 1),
        "everything in each block": blocks * count(*arguments[:3], 1, last=0) + 2 * n,
    }
    text = ", ".join(map(str, arguments))
    shown = {"arguments": text, "got": got, "expected": right, "blocks": blocks}
    for key, mistaken in mistakes.items():
        is_alone = mistaken != right and list(mistakes.values()).count(mistaken) == 1
        expect(not (is_alone and got == mistaken), key, **shown)
    expect(got == right, "another number", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the network of the example with two blocks, then the examples, then random sizes."""
    compare(learner, 5, 3, 2, 2)
    compare(learner, 5, 3, 2, 1)
    compare(learner, 50257, 1024, 768, 12)
    for _ in range(3):
        n = generator.choice([6, 10, 14])
        compare(
            learner,
            generator.randint(20, 40),
            generator.randint(7, 17),
            n,
            generator.choice([3, 5]),
        )
