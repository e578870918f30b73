"""Check tensors/linear_batch."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "rows and columns are swapped": "The table has the shape {got}, expected {expected}: one row "
    "for each example, one column for each neuron.",
    "another dtype": "The table has the dtype {got}, expected {expected}, as the arguments.",
    "the bias is missing": "For the example you return {got}, expected [11, 27, 2]: b is not "
    "added.",
    "the table is not transposed": "The numbers are those that come out "
    "with W.reshape({inputs}, {neurons}), which breaks the rows elsewhere. Use W.T.",
    "the example is wrong": "For the example you return {got}, expected [11, 27, 2].",
    "the bias is added to the wrong axis": "With as many examples as neurons, each row gets one "
    "bias: b belongs to the neurons, so each column has its own.",
    "only the first example": "All {count} rows are those of the first example.",
    "another sum": "Row {row}, column {column} is {got}, expected {expected}.",
    "the arguments are changed": "{name} has other numbers after your function than before.",
}
X = torch.tensor([[1.0, 2.0]])
W = torch.tensor([[3.0, 4.0], [5.0, 6.0], [0.0, 1.0]])
B = torch.tensor([0.0, 10.0, 0.0])


def look(learner, x: torch.Tensor, weight: torch.Tensor, b: torch.Tensor) -> None:
    """Compare the table with the sums of each example and neuron."""
    before = [x.clone(), weight.clone(), b.clone()]
    got = learner.linear_batch(x, weight, b)
    for name, old, new in zip("XWb", before, [x, weight, b], strict=True):
        expect(torch.equal(old, new), "the arguments are changed", name=name)
    count, inputs = x.shape
    neurons = len(b)
    shape = tuple(getattr(got, "shape", ()))
    is_swapped = count != neurons and shape == (neurons, count)
    shown = {"got": shape, "expected": (count, neurons)}
    expect(not is_swapped, "rows and columns are swapped", **shown)
    expect_tensor(got, (count, neurons), "linear_batch(X, W, b)")
    dtypes = {"got": str(got.dtype), "expected": str(x.dtype)}
    expect(got.dtype == x.dtype, "another dtype", **dtypes)
    right = torch.nn.functional.linear(x, weight, b)
    if torch.allclose(got, right):
        return
    if count == 1:
        numbers = [round(number, 4) for number in got[0].tolist()]
        is_sum = torch.allclose(got, right - b)
        expect(not is_sum, "the bias is missing", got=numbers)
    broken = x @ weight.reshape(inputs, neurons) + b
    sizes = {"inputs": inputs, "neurons": neurons}
    expect(not torch.allclose(got, broken), "the table is not transposed", **sizes)
    if count == 1:
        expect(False, "the example is wrong", got=numbers)
    if count == neurons:
        on_rows = torch.allclose(got, x @ weight.T + b[:, None])
        expect(not on_rows, "the bias is added to the wrong axis")
    is_first = torch.allclose(got, right[:1].expand(count, neurons))
    expect(not is_first, "only the first example", count=count)
    far = int((got - right).abs().argmax())
    row, column = divmod(far, neurons)
    place = {"row": row, "column": column}
    values = {"got": got[row, column].item(), "expected": right[row, column].item()}
    expect(False, "another sum", **place, **values)


def check(learner, generator: random.Random) -> None:
    """Compute the example, unequal sizes, and as many examples as neurons."""
    look(learner, X, W, B)
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    for count, inputs, neurons in [(5, 3, 7), (6, 7, 3), (1, 5, 3), (5, 3, 5), (7, 1, 3)]:
        x = torch.randn(count, inputs, generator=torch_generator, dtype=torch.float64)
        weight = torch.randn(neurons, inputs, generator=torch_generator, dtype=torch.float64)
        b = torch.randn(neurons, generator=torch_generator, dtype=torch.float64)
        look(learner, x, weight, b)
