"""Check tensors/one_hot."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "the classes are counted in the data": "For t = {t} and k = {k} the table has the shape {got}, "
    "expected {expected}: the last classes do not occur in t, but k counts them.",
    "rows and columns are swapped": "The table has the shape {got}, expected {expected}: one row "
    "for each class number in t.",
    "another dtype": "The table has the dtype {got}, expected torch.float32.",
    "several ones in a row": "Row {row} has {got} numbers other than 0, expected one: table[:, t] "
    "writes into all rows. Give each row its own column.",
    "several numbers in a row": "Row {row} has {got} numbers other than 0, expected one.",
    "another number than 1": "Row {row} has {got} at place {place}, expected 1: t says where the 1 "
    "is, and not what is written there.",
    "a column too far": "Row {row} has its 1 at place {got}, expected {expected}: places are "
    "counted from 0.",
    "another place": "Row {row} has its 1 at place {got}, expected {expected}.",
    "no number": "Row {row} has only zeros, expected a 1 at place {expected}.",
    "t is changed": "t has other numbers after your function than before.",
}


def look(learner, numbers: list[int], k: int) -> None:
    """Compare shape and dtype, then row by row."""
    t = torch.tensor(numbers)
    got = learner.one_hot(t, k)
    expect(t.tolist() == numbers, "t is changed")
    count = len(numbers)
    shape = tuple(getattr(got, "shape", ()))
    shown = {"got": shape, "expected": (count, k)}
    is_from_data = shape == (count, max(numbers) + 1) and shape != (count, k)
    expect(not is_from_data, "the classes are counted in the data", t=numbers, k=k, **shown)
    is_swapped = shape == (k, count) and k != count
    expect(not is_swapped, "rows and columns are swapped", **shown)
    expect_tensor(got, (count, k), "one_hot(t, k)")
    expect(got.dtype == torch.float32, "another dtype", got=str(got.dtype))
    for row, number in enumerate(numbers):
        places = got[row].nonzero().flatten().tolist()
        values = got[row].tolist()
        in_all_rows = sorted(set(numbers)) == places
        is_several = len(places) > 1
        expect(not (is_several and in_all_rows), "several ones in a row", row=row, got=len(places))
        expect(not is_several, "several numbers in a row", row=row, got=len(places))
        expect(len(places) == 1, "no number", row=row, expected=number)
        place = places[0]
        shown = {"row": row, "got": place, "expected": number}
        expect(place != (number + 1) % k or k == 1, "a column too far", **shown)
        expect(place == number, "another place", **shown)
        is_one = values[place] == 1
        expect(is_one, "another number than 1", row=row, place=place, got=values[place])


def check(learner, generator: random.Random) -> None:
    """Look at the example of the task, then at random classes without the last one."""
    look(learner, [2, 0], 4)
    for count, k in [(5, 7), (9, 6), (3, 11), (1, 3)]:
        numbers = [generator.randrange(k - 1) for _ in range(count)]
        look(learner, numbers, k)
    look(learner, [0, 1, 2, 2, 1], 3)
