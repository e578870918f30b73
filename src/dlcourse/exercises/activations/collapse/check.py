"""Check activations/collapse."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_list, is_close

MESSAGES = {
    "not a pair": "merge(…) returns {got}, expected two lists: return W, b.",
    "the first bias is lost": "For 2x + 1 and 3z − 4 the bias is {got}, expected -1: the 1 of the "
    "first layer is lost. The second layer multiplies it by 3.",
    "the first bias is not weighted": "For 2x + 1 and 3z − 4 the bias is {got}, expected -1: the "
    "second layer multiplies the 1 of the first layer by 3.",
    "the second bias is lost": "For 2x + 1 and 3z − 4 the bias is {got}, expected -1: the −4 of "
    "the second layer is not added.",
    "the weights are added": "For 2x + 1 and 3z − 4 the weight is {got}, expected 6: the second "
    "layer multiplies 2x by 3.",
    "rows and columns are swapped": "W has {got} rows, expected {expected}: one for each unit of "
    "the second layer.",
    "W is transposed": "For {outputs} units and as many inputs your W is the transpose of the one "
    "expected: each row belongs to a unit of the second layer.",
    "the product in the other order": "With two layers of {size} units W is the product W1 W2, "
    "expected W2 W1: the first layer acts on x first and stands on the right.",
    "another weight": "For random layers, row {row}, column {column} of W is {got}, expected "
    "{expected}.",
    "another bias": "For random layers, number {row} of b is {got}, expected {expected}.",
    "the example is wrong": "For 2x + 1 and 3z − 4 you return {got}, expected ([[6]], [-1]).",
}


def product(A: list[list[float]], B: list[list[float]]) -> list[list[float]]:
    """Return the matrix product."""
    columns = list(zip(*B, strict=True))
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in A
    ]


def pair(got) -> tuple[list, list]:
    """Return W and b, or stop."""
    expect(isinstance(got, tuple) and len(got) == 2, "not a pair", got=got)
    return got


def look_at_example(learner) -> None:
    """Merge the two layers of one unit."""
    got = pair(learner.merge([[2]], [1], [[3]], [-4]))
    W, b = got
    expect_list(W, 1, "W")
    expect_list(W[0], 1, "row 0 of W")
    expect_list(b, 1, "b")
    expect(not is_close(b[0], -4), "the first bias is lost", got=b[0])
    expect(not is_close(b[0], -3), "the first bias is not weighted", got=b[0])
    expect(not is_close(b[0], 3), "the second bias is lost", got=b[0])
    expect(not is_close(W[0][0], 5), "the weights are added", got=W[0][0])
    is_right = is_close(W[0][0], 6) and is_close(b[0], -1)
    expect(is_right, "the example is wrong", got=got)


def look(learner, sizes: tuple[int, int, int], generator: random.Random) -> None:
    """Merge two random layers, and compare number by number."""
    num_inputs, hidden, outputs = sizes
    W1 = [[generator.uniform(-2, 2) for _ in range(num_inputs)] for _ in range(hidden)]
    W2 = [[generator.uniform(-2, 2) for _ in range(hidden)] for _ in range(outputs)]
    b1 = [generator.uniform(-2, 2) for _ in range(hidden)]
    b2 = [generator.uniform(-2, 2) for _ in range(outputs)]
    right_W = product(W2, W1)
    right_b = [
        number[0] + bias for number, bias in zip(product(W2, [[b] for b in b1]), b2, strict=True)
    ]
    copies = [[row[:] for row in W1], b1[:], [row[:] for row in W2], b2[:]]
    W, b = pair(learner.merge(*copies))
    is_swapped = isinstance(W, list) and len(W) == num_inputs != outputs
    expect(not is_swapped, "rows and columns are swapped", got=num_inputs, expected=outputs)
    expect_list(W, outputs, "W")
    transposed = [list(column) for column in zip(*right_W, strict=True)]
    if num_inputs == outputs:
        is_swapped = all(map(are_close, W, transposed))
        expect(not is_swapped, "W is transposed", outputs=outputs)
    for row, (mine, right) in enumerate(zip(W, right_W, strict=True)):
        expect_list(mine, num_inputs, f"row {row} of W")
        if num_inputs == hidden == outputs:
            is_other = are_close(mine, product(W1, W2)[row])
            expect(not is_other, "the product in the other order", size=hidden)
        for column, (got, expected) in enumerate(zip(mine, right, strict=True)):
            place = {"row": row, "column": column}
            is_right = is_close(got, expected)
            expect(is_right, "another weight", got=got, expected=expected, **place)
    expect_list(b, outputs, "b")
    for row, (got, expected) in enumerate(zip(b, right_b, strict=True)):
        is_right = is_close(got, expected)
        expect(is_right, "another bias", row=row, got=got, expected=expected)


def check(learner, generator: random.Random) -> None:
    """Merge the example, square layers, and layers of unequal sizes."""
    look_at_example(learner)
    for sizes in [(3, 3, 3), (3, 5, 2), (6, 3, 5), (1, 7, 3)]:
        look(learner, sizes, generator)
