"""Check convolution/shift_kind."""

import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "not one of three words": "shift_kind(...) returns {got}, expected 'equivariant', 'invariant' "
    "or 'neither'.",
    "doubling": "Doubling [1, 2, 3, 4] and shifting by 1: you return '{got}', but both orders "
    "give [8, 2, 4, 6], so the layer is 'equivariant'.",
    "the output is not shifted": "A convolution around a ring: you return '{got}'. Its output for "
    "the shifted row equals the shifted output, so it is 'equivariant'.",
    "exact comparison": "The sum of all numbers is the same for a shifted row, up to a last "
    "digit. You return '{got}', expected 'invariant': allow a tiny difference.",
    "invariance comes second": "The largest number is the same for a shifted row. You return "
    "'{got}', expected 'invariant': ask for that first, since one number shifted is itself.",
    "the output stays": "The largest number is the same for a shifted row. You return '{got}', "
    "expected 'invariant'.",
    "the distance is ignored": "A layer that doubles every second number, shifted by {distance}: "
    "you return '{got}', expected '{expected}'. Use the distance.",
    "a border": "A convolution with zeros around the row is not equivariant at its border: you "
    "return '{got}', expected 'neither'.",
    "every place": "A fully connected layer gives other values for a shifted row: you return "
    "'{got}', expected 'neither'.",
    "lengths": "Taking the larger of each pair, shifted by 1: you return '{got}', expected "
    "'neither'. All values have to agree.",
    "the row is changed": "Your function changes the row that it gets.",
}


def convolve(row, kernel, is_ring):
    """Return the sums of three neighbors: around a ring, or with zeros outside."""
    sums = []
    for i in range(len(row)):
        total = 0.0
        for offset, weight in zip((-1, 0, 1), kernel, strict=True):
            if is_ring:
                total += weight * row[(i + offset) % len(row)]
            elif 0 <= i + offset < len(row):
                total += weight * row[i + offset]
        sums.append(total)
    return sums


def check(learner, generator: random.Random) -> None:
    """Go from the example through layers whose kind is known."""

    def ask(layer, row, distance):
        copied = list(row)
        got = learner.shift_kind(layer, copied, distance)
        is_word = got in ("equivariant", "invariant", "neither")
        expect(is_word, "not one of three words", got=got)
        expect(copied == row, "the row is changed")
        return got

    got = ask(lambda row: [2 * value for value in row], [1, 2, 3, 4], 1)
    expect(got == "equivariant", "doubling", got=got)
    row = [generator.uniform(1, 2) + 3 * i for i in range(8)]  # all numbers differ
    generator.shuffle(row)
    kernel = [generator.uniform(0.5, 1), generator.uniform(1.5, 2), -generator.uniform(2.5, 3)]
    for distance in (1, 2, 3):
        got = ask(lambda row: convolve(row, kernel, True), row, distance)
        expect(got == "equivariant", "the output is not shifted", got=got)
    got = ask(lambda row: [max(row)], row, 1)
    expect(got != "equivariant", "invariance comes second", got=got)
    expect(got == "invariant", "the output stays", got=got)
    tenths = [0.1, 0.2, 0.3]  # from the left 0.6000000000000001, and shifted by two places 0.6
    got = ask(lambda row: [left_to_right(row)], tenths, 2)
    expect(got != "neither", "exact comparison", got=got)
    expect(got == "invariant", "invariance comes second", got=got)

    def every_second(row):
        return [value * (1 + i % 2) for i, value in enumerate(row)]

    for distance, expected in ((1, "neither"), (2, "equivariant"), (3, "neither")):
        got = ask(every_second, row, distance)
        shown = {"distance": distance, "got": got, "expected": expected}
        expect(got == expected, "the distance is ignored", **shown)
    got = ask(lambda row: convolve(row, kernel, False), row, 1)
    expect(got == "neither", "a border", got=got)
    weights = [[generator.uniform(0.5, 2) for _ in row] for _ in row]
    got = ask(lambda row: [dot(line, row) for line in weights], row, 1)
    expect(got == "neither", "every place", got=got)
    got = ask(
        lambda row: [max(row[i : i + 2]) for i in range(0, 8, 2)], [1, 9, 2, 3, 4, 5, 6, 7], 1
    )
    expect(got == "neither", "lengths", got=got)


def left_to_right(row):
    """Return the sum, added up from the left (`sum` may be exact)."""
    total = 0.0
    for value in row:
        total = total + value
    return total


def dot(first, second):
    """Return the sum of the products."""
    return sum(a * b for a, b in zip(first, second, strict=True))
