"""Gradient descent against PyTorch's."""

import pytest
import torch

from dlcourse.scratch.optimizer import SGD
from dlcourse.scratch.value import Value


def test_steps_equal_torch():
    values = [Value(1.5), Value(-0.5)]
    tensors = [torch.tensor(v.data, dtype=torch.float64, requires_grad=True) for v in values]
    ours, theirs = SGD(values, learning_rate=0.05), torch.optim.SGD(tensors, lr=0.05)
    for _ in range(20):
        for optimizer, (x, y) in ((ours, values), (theirs, tensors)):
            loss = (1 - x) ** 2 + 3 * (y - x**2) ** 2
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        # Roundings (2e-16 each) of twenty steps.
        assert [v.data for v in values] == pytest.approx([t.item() for t in tensors], rel=1e-12)
    assert loss.item() < 1  # from 22.9: the steps were real ones


def test_without_zero_grad_gradients_pile_up():
    x = Value(1.0)
    optimizer = SGD([x], learning_rate=0.0)
    for _ in range(3):
        (2 * x).backward()
        optimizer.step()
    assert x.grad == 6.0
    optimizer.zero_grad()
    assert x.grad == 0.0


def test_learning_rate_may_change_between_steps():
    x = Value(1.0)
    optimizer = SGD([x], learning_rate=0.5)
    (2 * x).backward()
    optimizer.step()
    optimizer.learning_rate = 0.25
    optimizer.step()
    assert x.data == -0.5  # 1 - 0.5 * 2 - 0.25 * 2


def test_parameters_may_come_from_a_generator():
    values = [Value(1.0), Value(2.0)]
    optimizer = SGD((value for value in values), learning_rate=1.0)
    (values[0] * values[1]).backward()
    optimizer.step()
    optimizer.zero_grad()
    assert [(v.data, v.grad) for v in values] == [(-1.0, 0.0), (1.0, 0.0)]


@pytest.mark.parametrize(
    ("parameters", "learning_rate", "message"),
    [
        ([], 0.1, "there is nothing to optimize: got no parameters"),
        ([Value(1)], -0.1, "learning_rate must be at least 0, got -0.1"),
        ([Value(1)], float("nan"), "learning_rate must be at least 0, got nan"),
    ],
)
def test_error_says_what_was_given(parameters, learning_rate, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        SGD(parameters, learning_rate)
