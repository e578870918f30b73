"""Compare `dlcourse.scratch` with PyTorch; oracles.py says how."""

import importlib
import itertools
import math
import random
from types import SimpleNamespace

import pytest
import torch
from torch import nn

POINTS = [-2.5, -1.0, -0.3, 0.4, 1.0, 1.7, 3.0]
POSITIVE = [point for point in POINTS if point > 0]
# Each operation of scratch with that of PyTorch, and where it is defined
ONE = {
    "neg": (lambda x: -x, lambda x: -x, POINTS),
    "exp": (lambda x: x.exp(), torch.exp, POINTS),
    "log": (lambda x: x.log(), torch.log, POSITIVE),
    "tanh": (lambda x: x.tanh(), torch.tanh, POINTS),
    "relu": (lambda x: x.relu(), torch.relu, [*POINTS, 0.0]),
    "sigmoid": (lambda x: x.sigmoid(), torch.sigmoid, [*POINTS, 0.0, -700.0, 700.0]),
    "number + x": (lambda x: 2 + x, lambda x: 2 + x, POINTS),
    "number - x": (lambda x: 2 - x, lambda x: 2 - x, POINTS),
    "number * x": (lambda x: 2 * x, lambda x: 2 * x, POINTS),
    "number / x": (lambda x: 2 / x, lambda x: 2 / x, POINTS),
    "number ** x": (lambda x: 2**x, lambda x: 2**x, POINTS),
    "x ** 3": (lambda x: x**3, lambda x: x**3, [*POINTS, 0.0]),
    "x ** -2": (lambda x: x**-2, lambda x: x**-2, POINTS),
    "x ** 0": (lambda x: x**0, lambda x: x**0, [*POINTS, 0.0]),
    "x ** 1": (lambda x: x**1, lambda x: x**1, [*POINTS, 0.0]),
    "x ** 0.5": (lambda x: x**0.5, lambda x: x**0.5, POSITIVE),
}
TWO = {
    "+": (lambda x, y: x + y, POINTS, POINTS),
    "-": (lambda x, y: x - y, POINTS, POINTS),
    "*": (lambda x, y: x * y, POINTS, POINTS),
    "/": (lambda x, y: x / y, POINTS, POINTS),
    "**": (lambda x, y: x**y, POSITIVE, [*POINTS, 0.0]),
}
ERRORS = [
    (ZeroDivisionError, "cannot divide 1.0", lambda value: value(1.0) / value(0.0)),
    (ZeroDivisionError, "cannot raise 0.0", lambda value: value(0.0) ** -0.5),
    (ValueError, "negative base", lambda value: value(-0.5) ** 0.5),
    (ValueError, "positive base", lambda value: value(0.0) ** value(2.0)),
    (ValueError, "positive base", lambda value: value(-0.5) ** value(2.0)),
    (ValueError, "log needs", lambda value: value(0.0).log()),
    (ValueError, "log needs", lambda value: value(-0.5).log()),
    (OverflowError, "exp.1000", lambda value: value(1000.0).exp()),
    (OverflowError, "too large", lambda value: value(1e200) ** 2),
    (TypeError, "unsupported", lambda value: value(1.0) + "1"),
    (TypeError, "unsupported", lambda value: value(1.0) ** "1"),
    (TypeError, "one number", lambda value: value("1")),
]


def tensors(values):
    """Return leaves for numbers."""
    return [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in values]


def check_values(module):
    """Compare each operation of `Value` with PyTorch, with gradients other than 1 behind it."""
    for ours, theirs, points in ONE.values():
        for x in points:
            compare_values(module, [x], ours, theirs)
    for operation, lefts, rights in TWO.values():
        for x, y in itertools.product(lefts, rights):
            compare_values(module, [x, y], operation, operation)
    for error, text, compute in ERRORS:
        with pytest.raises(error, match=text):
            compute(module.Value)
    assert (module.Value(1.0) + 2).operation == "+"
    steep = module.Value(0.0)
    (steep**0.5).backward()
    assert steep.grad == math.inf
    steep = module.Value(1e-160)  # the inverse fits into a float, and its slope does not
    (steep**-1).backward()
    assert steep.grad == -math.inf
    for seed in range(5):
        compare_graph(module, seed)


def compare_values(module, numbers, ours, theirs):
    """Compare an operation's result and the gradients of its inputs, twice added up."""
    values = [module.Value(x) for x in numbers]
    leaves = tensors(numbers)
    for _ in range(2):
        result = ours(*values)
        (result * 1.7 + result.tanh() * values[0]).backward()
        expected = theirs(*leaves)
        (expected * 1.7 + expected.tanh() * leaves[0]).backward()
    assert result.data == pytest.approx(expected.item(), rel=1e-12)
    for value, leaf in zip(values, leaves, strict=True):
        assert value.grad == pytest.approx(leaf.grad.item(), rel=1e-9, abs=1e-12)


def compare_graph(module, seed):
    """Compare the gradients of all values of a random graph, in which values are used again."""
    generator = random.Random(seed)
    numbers = [generator.uniform(-2, 2) for _ in range(3)]
    ours = [module.Value(x) for x in numbers]
    theirs = tensors(numbers)
    for _ in range(12):
        first, second = generator.sample(range(len(ours)), 2)
        operation = generator.choice([lambda a, b: a * b, lambda a, b: a - b.tanh()])
        for graph in (ours, theirs):
            graph.append(operation(graph[first], graph[second]))
        theirs[-1].retain_grad()
    for graph in (ours, theirs):
        (graph[-1] * 0.7 + graph[-2] * graph[3]).backward()
    order = module.topological_order(ours[-1])
    assert len(set(order)) == len(order)
    for place, value in enumerate(order):
        assert all(operand in order[:place] for operand, _ in value.inputs)
    for value, leaf in zip(ours, theirs, strict=True):
        assert value.data == pytest.approx(leaf.item(), rel=1e-12, abs=1e-12)
        expected = 0.0 if leaf.grad is None else leaf.grad.item()
        assert value.grad == pytest.approx(expected, rel=1e-9, abs=1e-12)


def check_networks(module):
    """Compare a multilayer perceptron and its gradients with PyTorch's, layer by layer."""
    for sizes in ([1], [3, 2], [4, 3, 1]):
        network = module.MLP(2, sizes, random.Random(3))
        starts = [parameter.data for parameter in network.parameters()]
        drawn = random.Random(3)
        layers = []
        num_read = 0
        for in_features, out_features in itertools.pairwise([2, *sizes]):
            linear = nn.Linear(in_features, out_features, dtype=torch.float64)
            for row in range(out_features):
                row_starts = [drawn.uniform(-1, 1) for _ in range(in_features)]
                assert starts[num_read : num_read + in_features + 1] == [*row_starts, 0.0]
                num_read += in_features + 1
                linear.weight.data[row] = torch.tensor(row_starts, dtype=torch.float64)
            nn.init.zeros_(linear.bias)
            layers += [linear, nn.ReLU()]
        assert num_read == len(starts)
        theirs = nn.Sequential(*layers[:-1])
        for x in ([0.7, -0.4], [-1.2, 0.9]):
            outputs = network(x)
            outputs = outputs if isinstance(outputs, list) else [outputs]
            sum((1.5 * y * y for y in outputs), network.parameters()[0] * 0).backward()
            expected = theirs(torch.tensor(x, dtype=torch.float64))
            assert [y.data for y in outputs] == pytest.approx(expected.tolist(), rel=1e-12)
            (1.5 * expected.square()).sum().backward()
        gradients = []
        for linear in layers[::2]:
            for weight, bias in zip(linear.weight.grad, linear.bias.grad, strict=True):
                gradients += [*weight.tolist(), bias.item()]
        ours = [parameter.grad for parameter in network.parameters()]
        assert ours == pytest.approx(gradients, rel=1e-9, abs=1e-12)
        network.zero_grad()
        assert all(parameter.grad == 0 for parameter in network.parameters())
    for in_features, sizes in ((0, [1]), (2, []), (2, [0])):
        with pytest.raises(ValueError, match=r"at least|must|nothing"):
            module.MLP(in_features, sizes)
    with pytest.raises(ValueError, match=r"at least|must|nothing"):
        module.MLP(2, [1])([1.0])
    assert isinstance(module.Layer(2, 1)([0.0, 1.0]), module.Value)
    for one in (module.Neuron(1), module.Layer(1, 1).neurons[0]):
        one.weights[0].data = -2.0
        assert one([3.0]).data == 0.0  # with the activation, by default
    linear_neuron = module.Neuron(1, nonlin=False, rng=random.Random(0))
    linear_neuron.weights[0].data = -2.0
    assert linear_neuron([3.0]).data == -6.0


def check_optimizer(module):
    """Compare steps of gradient descent with PyTorch's."""
    ours = [SimpleNamespace(data=x, grad=x * x + 1) for x in POINTS]
    theirs = tensors(POINTS)
    for parameter in theirs:
        parameter.grad = parameter.detach().square() + 1
    for parameters, kind, name in (
        (ours, module.SGD, "learning_rate"),
        (theirs, torch.optim.SGD, "lr"),
    ):
        optimizer = kind(parameters, **{name: 0.03})
        optimizer.step()
        optimizer.step()
    assert [parameter.data for parameter in ours] == pytest.approx([x.item() for x in theirs])
    mine = module.SGD(ours, learning_rate=0.0)
    mine.zero_grad()
    assert {parameter.grad for parameter in ours} == {0.0}
    for parameters, rate in (([], 0.1), (ours, -0.1), (ours, math.nan)):
        with pytest.raises(ValueError, match=r"at least|must|nothing"):
            module.SGD(parameters, rate)


ORACLES = {
    "dlcourse.scratch.value": check_values,
    "dlcourse.scratch.neuron": check_networks,
    "dlcourse.scratch.optimizer": check_optimizer,
}


@pytest.mark.parametrize("module", ORACLES)
def test_values_and_gradients_are_equal(module):
    ORACLES[module](importlib.import_module(module))
