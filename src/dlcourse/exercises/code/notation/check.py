"""Check code/notation."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number, is_close

MESSAGES = {
    "not a dictionary": "You return {got}, expected a dictionary with six keys.",
    "a key is missing": "The dictionary has no key {missing}; its keys are {got}.",
    "the bias is not added": "z is {got}, expected {expected}: these are the sums of the products. "
    "The bias of each row is added to them.",
    "another z": "z is {got}, expected {expected}: one number for each row of W.",
    "the largest number, not its place": "argmax is {got}, the largest number itself, expected its "
    "place {expected}.",
    "another place": "argmax is {got}, expected {expected}: the place of the largest number of z, "
    "counted from 0.",
    "another sum": "sum is {got}, expected {expected}.",
    "the product is a sum": "product is {got}, expected {expected}: Π stands for multiplying all "
    "numbers, Σ for adding them.",
    "another product": "product is {got}, expected {expected}: multiply all numbers of x.",
    "the subscripts are swapped": "w_20 is {got}, the weight to output 0 from input 2, expected "
    "{expected}: the first subscript is the output, the row of W.",
    "another weight": "w_20 is {got}, expected {expected}: row 2 of W, column 0.",
    "rows and columns are swapped": "gradient shape is {got}, expected {expected}: the gradient "
    "has the shape of W, rows first.",
    "another shape": "gradient shape is {got}, expected {expected}.",
}
KEYS = ["z", "argmax", "sum", "product", "w_20", "gradient shape"]
EXAMPLE = (
    [[1.0, 2.0, 0.0, 1.0], [0.0, -1.0, 1.0, 0.0], [3.0, 1.0, 0.0, 2.0]],
    [0.5, 4.0, -4.0],
    [2.0, 3.0, 1.0, -1.0],
)


def look(got, W: list[list[float]], b: list[float], x: list[float]) -> None:
    """Stop at the first formula that was read in another way."""
    expect(isinstance(got, dict), "not a dictionary", got=got)
    for key in KEYS:
        expect(key in got, "a key is missing", missing=repr(key), got=list(got))
    expect_list(got["z"], len(W), "z")
    sums = [sum(w * value for w, value in zip(row, x, strict=True)) for row in W]
    z = [number + bias for number, bias in zip(sums, b, strict=True)]
    expect(not are_close(got["z"], sums), "the bias is not added", got=got["z"], expected=z)
    expect(are_close(got["z"], z), "another z", got=got["z"], expected=z)
    place = z.index(max(z))
    expect_number(got["argmax"], "argmax")
    is_value = is_close(got["argmax"], max(z)) and place != got["argmax"]
    shown = {"got": got["argmax"], "expected": place}
    expect(not is_value, "the largest number, not its place", **shown)
    expect(got["argmax"] == place, "another place", **shown)
    expect_number(got["sum"], "sum")
    expect(is_close(got["sum"], sum(x)), "another sum", got=got["sum"], expected=sum(x))
    expect_number(got["product"], "product")
    product = math.prod(x)
    shown = {"got": got["product"], "expected": product}
    is_sum = is_close(got["product"], sum(x)) or is_close(got["product"], sum(x) + 1)
    is_right = is_close(got["product"], product)
    expect(is_right or not is_sum, "the product is a sum", **shown)
    expect(is_right, "another product", **shown)
    expect_number(got["w_20"], "w_20")
    shown = {"got": got["w_20"], "expected": W[2][0]}
    expect(got["w_20"] != W[0][2], "the subscripts are swapped", **shown)
    expect(got["w_20"] == W[2][0], "another weight", **shown)
    shape = (len(W), len(W[0]))
    shown = {"got": got["gradient shape"], "expected": shape}
    is_swapped = got["gradient shape"] == (len(W[0]), len(W))
    expect(not is_swapped, "rows and columns are swapped", **shown)
    expect(got["gradient shape"] == shape, "another shape", **shown)


def check(learner, generator: random.Random) -> None:
    """Read the formulas for the example of the task, then for random numbers."""
    look(learner.read(*EXAMPLE), *EXAMPLE)
    for num_outputs, num_inputs in [(3, 5), (6, 3), (5, 7)]:
        W = [[generator.uniform(-2, 2) for _ in range(num_inputs)] for _ in range(num_outputs)]
        b = [generator.uniform(1, 3) for _ in range(num_outputs)]
        x = [generator.uniform(-2, 2) for _ in range(num_inputs)]
        look(learner.read([row[:] for row in W], b[:], x[:]), W, b, x)
