"""Neuron, layer and MLP against PyTorch's, and what they learn."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from dlcourse.scratch.neuron import MLP, Layer, Module, Neuron
from dlcourse.scratch.optimizer import SGD
from dlcourse.scratch.value import Value

SRC = Path(__file__).resolve().parents[2] / "src"
XOR = [((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)]


def torch_twin(model: MLP) -> nn.Sequential:
    """Return the same network in PyTorch, with copies of the weights, in float64."""
    modules: list[nn.Module] = []
    for layer in model.layers:
        linear = nn.Linear(len(layer.neurons[0].weights), len(layer.neurons), dtype=torch.float64)
        with torch.no_grad():
            weights = [[w.data for w in neuron.weights] for neuron in layer.neurons]
            linear.weight.copy_(torch.tensor(weights, dtype=torch.float64))
            linear.bias.copy_(
                torch.tensor([n.bias.data for n in layer.neurons], dtype=torch.float64)
            )
        modules += [linear, nn.ReLU()]
    return nn.Sequential(*modules[:-1])  # the last layer is linear


def torch_gradients(twin: nn.Sequential) -> list[float]:
    """Return the gradients in our order: neuron by neuron, the weights and then the bias."""
    linears = [module for module in twin if isinstance(module, nn.Linear)]
    columns = [
        torch.cat([linear.weight.grad, linear.bias.grad[:, None]], dim=1) for linear in linears
    ]
    return torch.cat([column.flatten() for column in columns]).tolist()


def test_neuron_computes_relu_of_the_weighted_sum():
    neuron = Neuron(2)
    neuron.weights[0].data, neuron.weights[1].data, neuron.bias.data = 2.0, -1.0, 0.5
    assert neuron([3, 4]).data == 2.5  # 2 * 3 - 1 * 4 + 0.5
    assert neuron([3, 9]).data == 0.0  # -2.5 before the ReLU
    neuron.nonlin = False
    assert neuron([3, 9]).data == -2.5


@pytest.mark.parametrize("sizes", [[1], [3, 1], [4, 4, 2], [2, 1, 3]])
def test_outputs_and_gradients_equal_torch(sizes):
    model = MLP(3, sizes, rng=random.Random(0))
    for parameter in model.parameters():
        parameter.data += 0.1  # no bias stays at 0
    twin = torch_twin(model)
    x = [0.5, -1.0, 2.0]
    outputs = model(x) if sizes[-1] > 1 else [model(x)]
    tensors = twin(torch.tensor(x, dtype=torch.float64))
    assert [output.data for output in outputs] == pytest.approx(
        tensors.tolist(), rel=1e-12
    )  # roundings
    sum(output**2 for output in outputs).backward()
    tensors.square().sum().backward()
    assert any(parameter.grad for parameter in model.parameters())
    gradients = [parameter.grad for parameter in model.parameters()]
    assert gradients == pytest.approx(torch_gradients(twin), rel=1e-12, abs=1e-15)


def test_weights_are_drawn_as_micrograd_draws_them():
    random.seed(1337)
    ours = [parameter.data for parameter in Layer(3, 2).parameters()]
    random.seed(1337)
    drawn = [random.uniform(-1, 1) for _ in range(6)]
    assert ours == [
        *drawn[:3],
        0.0,
        *drawn[3:],
        0.0,
    ]  # neuron by neuron, a bias of 0 after its weights


def test_same_seed_gives_the_same_network_and_leaves_random_alone():
    random.seed(3)
    first, second = (MLP(2, [4, 1], rng=random.Random(5)) for _ in range(2))
    assert [p.data for p in first.parameters()] == [p.data for p in second.parameters()]
    after = random.random()
    random.seed(3)
    assert after == random.random()


def test_counts_of_parameters():
    assert len(MLP(3, [4, 4, 1]).parameters()) == 41  # (3 + 1) 4 + (4 + 1) 4 + (4 + 1) 1
    assert len({id(p) for p in MLP(3, [4, 4, 1]).parameters()}) == 41


def test_single_output_is_a_value_and_several_are_a_list():
    assert isinstance(MLP(2, [3, 1])([1, 2]), Value)
    assert [type(output) for output in MLP(2, [3, 2])([1, 2])] == [Value, Value]


def test_only_the_last_layer_is_linear():
    model = MLP(2, [3, 3, 1])
    assert [[n.nonlin for n in layer.neurons] for layer in model.layers] == [
        [True] * 3,
        [True] * 3,
        [False],
    ]


def test_inputs_may_be_values_and_get_gradients():
    x = Value(3.0)
    neuron = Neuron(1, nonlin=False)
    neuron([x]).backward()
    assert x.grad == neuron.weights[0].data


def test_zero_grad_clears_every_gradient():
    model = MLP(2, [3, 1], rng=random.Random(0))
    model([1.0, 2.0]).backward()
    model.zero_grad()
    assert [p.grad for p in model.parameters()] == [0.0] * 13


@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (lambda: Neuron(2)([1]), "x must have 2 values, one per weight, got 1"),
        (lambda: Layer(2, 3)([1, 2, 3]), "x must have 2 values, one per weight, got 3"),
        (lambda: MLP(2, [3, 1])([]), "x must have 2 values, one per weight, got 0"),
        (lambda: Neuron(0), "in_features must be at least 1, got 0"),
        (lambda: Layer(1, 0), "out_features must be at least 1, got 0"),
        (lambda: MLP(1, []), "out_features must name at least one layer, got none"),
    ],
)
def test_error_says_what_was_given(compute, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        compute()


def test_module_without_parameters_says_so():
    with pytest.raises(NotImplementedError, match="Module does not list its parameters"):
        Module().zero_grad()


def test_repr_can_be_read_back():
    assert repr(Neuron(2, nonlin=False)) == "Neuron(2, nonlin=False)"
    assert repr(Layer(2, 3)) == "Layer(2, 3, nonlin=True)"
    assert repr(Layer(2, 1, nonlin=False)) == "Layer(2, 1, nonlin=False)"
    assert repr(MLP(2, [3, 1])) == "MLP(2, [3, 1])"
    assert repr(MLP(2, [1])) == "MLP(2, [1])"


def train_on_xor(model: MLP) -> float:
    optimizer = SGD(model.parameters(), learning_rate=0.1)
    for _ in range(500):
        loss = sum((model(x) - y) ** 2 for x, y in XOR) / 4
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.data


def test_hidden_layer_learns_xor():
    model = MLP(2, [4, 1], rng=random.Random(0))
    assert train_on_xor(model) < 0.01
    assert [round(model(x).data) for x, _ in XOR] == [0, 1, 1, 0]


def test_no_linear_model_learns_xor():
    model = MLP(2, [1], rng=random.Random(0))
    assert train_on_xor(model) == pytest.approx(
        0.25, abs=1e-4
    )  # least squares: 1/2 everywhere; 500 steps


WITHOUT_PACKAGES = """
import sys
sys.path.insert(0, sys.argv[1])
from dlcourse.scratch.neuron import MLP
from dlcourse.scratch.optimizer import SGD
from dlcourse.scratch.value import Value
model = MLP(2, [3, 1])
optimizer = SGD(model.parameters(), 0.1)
(model([1.0, Value(2.0)]) ** 2).backward()
optimizer.step()
loaded = {name.split(".")[0] for name in sys.modules}
print(sorted(loaded - set(sys.stdlib_module_names) - {"__main__", "dlcourse"}), end="")
"""


def test_scratch_needs_the_standard_library_alone():
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-W",
            "error",
            "-c",
            WITHOUT_PACKAGES,
            str(SRC),
        ],  # -S: no site-packages
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if key == "SYSTEMROOT"},
    )
    assert (done.stdout, done.stderr) == ("[]", "")
