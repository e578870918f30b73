"""Check recurrence/rnn_step."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

MESSAGES = {
    "no tanh": "For the example you return {got}, expected {expected}: these are the sums. The "
    "new state is tanh of them.",
    "tanh of each part": "For the example you return {got}, expected {expected}: you take tanh of "
    "each part. Add up first, and take tanh once.",
    "the old state is ignored": "For the example you return {got}, expected {expected}: the "
    "hidden state h plays no part.",
    "the bias is missing": "For the example you return {got}, expected {expected}: the bias is "
    "missing.",
    "rows and columns are swapped": "For the example you return {got}, expected {expected}: you "
    "use the columns of U. Row i belongs to number i of the new state.",
    "sigmoid": "For the example you return {got}, expected {expected}: that is the sigmoid of the "
    "sums, not their tanh.",
    "new numbers are read": "For the example you return {got}, expected {expected}: the second "
    "number uses the first *new* one. All of them use the old h.",
    "the example is wrong": "For the example you return {got}, expected {expected}.",
    "the state is changed": "Your function changes the list h. The caller still needs the old "
    "state: append to a new list.",
    "a later step": "Step {step} of a sequence, with {inputs} inputs and {hidden} hidden numbers: "
    "number {place} is {got}, expected {expected}.",
}
X, H, B = [2.0], [1.0, -1.0], [0.25, 0.0]  # the example of the task
W, U = [[0.5], [0.0]], [[0.0, 1.0], [0.5, 0.0]]


def dot(first, second):
    """Return the sum of the products."""
    return sum(a * b for a, b in zip(first, second, strict=True))


def step(x, h, W, U, b):
    """Return the new hidden state."""
    return [math.tanh(dot(W[i], x) + dot(U[i], h) + b[i]) for i in range(len(b))]


def find_mistakes():
    """Return what known mistakes make of the example."""
    sums = [dot(W[i], X) + dot(U[i], H) + B[i] for i in range(2)]
    columns = [[row[i] for row in U] for i in range(2)]
    parts = [[dot(W[i], X) + B[i], dot(U[i], H)] for i in range(2)]
    overwritten = H[:]
    for i in range(2):
        overwritten[i] = math.tanh(dot(W[i], X) + dot(U[i], overwritten) + B[i])
    return {
        "no tanh": sums,
        "sigmoid": [1 / (1 + math.exp(-value)) for value in sums],
        "tanh of each part": [math.tanh(first) + math.tanh(second) for first, second in parts],
        "the old state is ignored": step(X, [0.0, 0.0], W, U, B),
        "the bias is missing": step(X, H, W, U, [0.0, 0.0]),
        "rows and columns are swapped": step(X, H, W, columns, B),
        "new numbers are read": overwritten,
    }


def ask(learner, x, h, W, U, b):
    """Return the learner's new state: a list of numbers."""
    copied = h[:]
    got = learner.rnn_step(x, copied, W, U, b)
    expect_list(got, len(b), "the new state")
    for value in got:
        expect_number(value, "a number of the new state")
    return got, copied == h


def check(learner, generator: random.Random) -> None:
    """Compare the example with known mistakes, then three steps of random sizes."""
    got, is_kept = ask(learner, X, H, W, U, B)
    shown = {"got": got, "expected": step(X, H, W, U, B)}
    for key, mistaken in find_mistakes().items():
        expect(not are_close(got, mistaken), key, **shown)
    expect(are_close(got, shown["expected"]), "the example is wrong", **shown)
    expect(is_kept, "the state is changed")
    for inputs, hidden in ((3, 5), (5, 3), (1, 6)):

        def draw(count):
            return [generator.uniform(-1, 1) for _ in range(count)]

        W_random, U_random = (
            [draw(inputs) for _ in range(hidden)],
            [draw(hidden) for _ in range(hidden)],
        )
        b, h = draw(hidden), draw(hidden)
        for number in (1, 2, 3):
            x = draw(inputs)
            got, _ = ask(learner, x, h, W_random, U_random, b)
            expected = step(x, h, W_random, U_random, b)
            for place, (value, other) in enumerate(zip(got, expected, strict=True)):
                shown = {"step": number, "inputs": inputs, "hidden": hidden, "place": place}
                is_equal = are_close([value], [other])
                expect(is_equal, "a later step", got=value, expected=other, **shown)
            h = expected
