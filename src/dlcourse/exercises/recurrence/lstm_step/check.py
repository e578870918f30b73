"""Check recurrence/lstm_step."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "not a pair": "lstm_step(...) is {got}, expected a pair: the new hidden state and the new "
    "cell state.",
    "the states are swapped": "You return (c, h), expected (h, c): the new hidden state comes "
    "first.",
    "the candidate is a sigmoid": "The new cell state is {got}, expected {expected}: the "
    "candidate goes through tanh, so that it can be negative.",
    "input and forget gate are swapped": "The new cell state is {got}, expected {expected}: the "
    "first part is the input gate, the second one the forget gate.",
    "nothing is forgotten": "The new cell state is {got}, expected {expected}: multiply the old "
    "cell state by the forget gate.",
    "the gates have no sigmoid": "The new cell state is {got}, expected {expected}: the gates go "
    "through the sigmoid, so that they lie between 0 and 1.",
    "candidate and output gate are swapped": "The new cell state is {got}, expected {expected}: "
    "the third part is the candidate, and the fourth is the output gate.",
    "the cell state is wrong": "The new cell state is {got}, expected {expected}: f * c + i * g, "
    "with h of the step before in all four parts.",
    "no tanh of the cell state": "The cell state is correct, but h is {got}, expected {expected}: "
    "o is multiplied by tanh of the new cell state.",
    "the old cell state is shown": "The cell state is correct, but h is {got}, expected "
    "{expected}: o is multiplied by tanh of the *new* cell state.",
    "the hidden state is wrong": "The cell state is correct, but h is {got}, expected {expected}: "
    "o times tanh of the new cell state.",
    "an argument is changed": "Your function changes the tensor {name} in place. The caller still "
    "needs it.",
}


def steps(x, h, c, W, U, b):
    """Return the right pair, and what known mistakes make of c and of h."""
    i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    new_c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    wrong_c = {
        "the candidate is a sigmoid": f.sigmoid() * c + i.sigmoid() * g.sigmoid(),
        "input and forget gate are swapped": i.sigmoid() * c + f.sigmoid() * g.tanh(),
        "nothing is forgotten": c + i.sigmoid() * g.tanh(),
        "the gates have no sigmoid": f * c + i * g.tanh(),
        "candidate and output gate are swapped": f.sigmoid() * c + i.sigmoid() * o.tanh(),
    }
    wrong_h = {
        "no tanh of the cell state": o.sigmoid() * new_c,
        "the old cell state is shown": o.sigmoid() * c.tanh(),
    }
    return (o.sigmoid() * new_c.tanh(), new_c), wrong_h, wrong_c


def compare(learner, arguments):
    """Compare one step: first the cell state, then the hidden state."""
    copies = {name: value.clone() for name, value in arguments.items()}
    got = learner.lstm_step(*copies.values())
    expect(isinstance(got, tuple | list) and len(got) == 2, "not a pair", got=got)
    (h, c), wrong_h, wrong_c = steps(**arguments)
    for value, name in zip(got, ("the new hidden state", "the new cell state"), strict=True):
        expect_tensor(value, tuple(h.shape), name)
    is_swapped = torch.allclose(got[0], c) and torch.allclose(got[1], h)
    expect(not is_swapped, "the states are swapped")
    shown = {"got": got[1][0, 0].item(), "expected": c[0, 0].item()}
    for key, mistaken in wrong_c.items():
        is_other = not torch.allclose(c, mistaken)
        expect(not (is_other and torch.allclose(got[1], mistaken)), key, **shown)
    expect(torch.allclose(got[1], c), "the cell state is wrong", **shown)
    shown = {"got": got[0][0, 0].item(), "expected": h[0, 0].item()}
    for key, mistaken in wrong_h.items():
        is_other = not torch.allclose(h, mistaken)
        expect(not (is_other and torch.allclose(got[0], mistaken)), key, **shown)
    expect(torch.allclose(got[0], h), "the hidden state is wrong", **shown)
    for name, value in arguments.items():
        expect(torch.equal(value, copies[name]), "an argument is changed", name=name)
    return h, c


def check(learner, generator: random.Random) -> None:
    """Compare the example, then three steps with five hidden numbers (not four, as the gates)."""
    numbers = {
        "x": [[1]],
        "h": [[0]],
        "c": [[2]],
        "W": [[0]] * 4,
        "U": [[0]] * 4,
        "b": [0, 0, 1, 0],
    }
    compare(learner, {name: torch.tensor(value).double() for name, value in numbers.items()})
    source = torch.Generator().manual_seed(generator.randrange(10**9))

    def draw(*shape):
        return torch.randn(*shape, generator=source, dtype=torch.float64)

    weights = {"W": draw(20, 3), "U": draw(20, 5), "b": draw(20)}
    h, c = draw(2, 5), 2 * draw(2, 5)
    for _ in range(3):
        h, c = compare(learner, {"x": draw(2, 3), "h": h, "c": c, **weights})
