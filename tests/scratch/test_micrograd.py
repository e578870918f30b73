"""Code written for micrograd's Value runs with its import changed."""

import random

import numpy as np
import pytest
import torch

from dlcourse.scratch.value import Value


def test_code_for_micrograd_runs_with_the_import_changed():
    rng = random.Random(1)
    points = [([1.0, 2.0], 1), ([2.0, 1.5], 1), ([-1.0, -0.5], -1), ([-2.0, 0.5], -1)]
    hidden = [
        [Value(rng.uniform(-1, 1)) for _ in range(3)] for _ in range(4)
    ]  # two weights and a bias each
    output = [Value(rng.uniform(-1, 1)) for _ in range(5)]
    params = [p for unit in [*hidden, output] for p in unit]

    def score(x):
        h = [(w1 * x[0] + w2 * x[1] + b).relu() for w1, w2, b in hidden]
        return sum((w * hi for w, hi in zip(output, h, strict=False)), output[-1])

    history = []
    for _ in range(30):
        scores = [score(x) for x, _ in points]
        losses = [(1 + -y * s).relu() for s, (_, y) in zip(scores, points, strict=True)]
        data_loss = sum(losses) * (1.0 / len(losses))
        total = data_loss + 1e-4 * sum(p * p for p in params)
        for p in params:
            p.grad = 0
        total.backward()
        for p in params:
            p.data += -0.1 * p.grad
        history.append(total.data)
    assert history[-1] < 0.1 < history[0]
    assert all((s.data > 0) == (y > 0) for s, (_, y) in zip(scores, points, strict=True))


def test_every_spelling_of_arithmetic_in_micrograd_code_equals_torch():
    def compute(u, v):
        mean = (u + v) / 2
        mean += 0.5 - u
        variance = ((u - mean) ** 2 + (mean - v) ** 2) * 0.5
        variance -= 3 * -v
        ratio = 1 / variance + (u * v - 1).relu()
        ratio *= v**-1
        return ratio / (2.0 + u**2)

    values = [Value(1.7), Value(2.3)]
    tensors = [torch.tensor(v.data, dtype=torch.float64, requires_grad=True) for v in values]
    ours, theirs = compute(*values), compute(*tensors)
    ours.backward()
    theirs.backward()
    assert ours.data == pytest.approx(theirs.item(), rel=1e-13)  # a few roundings
    assert [v.grad for v in values] == pytest.approx([t.grad.item() for t in tensors], rel=1e-13)


def test_numpy_numbers_work_as_in_micrograd_s_demo():
    x = Value(2.0)
    loss = (1 + -np.int64(-1) * x).relu() + x * np.float32(0.5)
    loss.backward()
    assert (type(loss), loss.data, x.grad) == (Value, 4.0, 1.5)
