"""The check must find a device that computes wrongly, so faulty ones are imitated on the CPU."""

import json

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.commands import device_check
from dlcourse.commands.device_check import TOLERANCE, compare_with_cpu, find_difference
from dlcourse.models.gan import GAN

CPU = torch.device("cpu")
MPS = torch.device("mps")
compute_on_cpu = device_check.compute_results


def add_noise(results):
    """Round as float32 does, 16 times as coarsely."""
    return [result * (1 + 2**-20 * torch.randn_like(result)) for result in results]


def lose_a_gradient(results):
    """Return zeros for the gradient of the last layer's weights."""
    results[-2] = torch.zeros_like(results[-2])
    return results


def return_nan(results):
    """Return NaN in one gradient."""
    results[1][0] = torch.nan
    return results


@pytest.fixture
def few(monkeypatch):
    """Compare two small models alone."""
    monkeypatch.setattr(device_check, "MODELS", ["mlp", "gan"])


@pytest.fixture
def pretend(monkeypatch):
    """Let the CPU compute for an Apple GPU, with changed results for the models of one class."""

    def make(change, network_class=nn.Module, in_training=True):
        def compute(network, inputs, device):
            results = compute_on_cpu(network, inputs, CPU)
            is_wrong = isinstance(network, network_class) and network.training == in_training
            return change(results) if device == MPS and is_wrong else results

        monkeypatch.setattr(device_check, "compute_results", compute)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
        monkeypatch.setattr(torch.cuda, "is_available", lambda: False)

    return make


def test_nothing_is_compared_on_a_cpu(call, monkeypatch):
    monkeypatch.setattr(device_check, "compute_results", None)
    exit_code, out, err = call("info", "--device", "cpu")
    assert exit_code == 0
    assert not err
    assert out.splitlines()[-1].split(maxsplit=1) == [
        "comparison",
        "nothing to compare: the device is the CPU",
    ]


def test_a_device_that_rounds_otherwise_agrees(call, pretend):
    pretend(add_noise)
    exit_code, out, _ = call("info")
    assert exit_code == 0
    assert "all models agree with those of the CPU" in out.splitlines()[-1]


@pytest.mark.parametrize("change", [lose_a_gradient, return_nan])
@pytest.mark.parametrize("in_training", [True, False])
def test_a_faulty_device_is_named_with_the_model_after_all_facts(
    call, few, pretend, change, in_training
):
    pretend(change, GAN, in_training)
    exit_code, out, err = call("info", "--json")
    mode = "train" if in_training else "eval"
    off = "1" if change is lose_a_gradient else "nan"
    problem = f"gan in {mode} mode: largest relative difference {off}"
    assert exit_code == 5
    assert json.loads(out)["comparison"] == [problem]
    expected = f"mps and the CPU do not agree on {problem}: use --device cpu, or a newer PyTorch"
    assert err == f"dlcourse: error: {expected}\n"


def test_an_operation_that_the_device_lacks_is_named(few, pretend):
    def refuse(results):
        raise NotImplementedError("aten::foo is not implemented for MPS\nand advice")

    pretend(refuse, GAN)
    assert compare_with_cpu(MPS) == ["gan in train mode: aten::foo is not implemented for MPS"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("relu", lambda x: x.clamp(min=-0.5)),
        ("leaky_relu", lambda x, slope: F.relu(x)),
        ("linear", lambda x, weight, bias=None: x @ weight.T),  # without the bias
    ],
)
def test_a_wrong_operation_exceeds_the_tolerance(monkeypatch, name, wrong):
    """The networks begin with small biases, so that one without them is the smallest mistake."""
    torch.manual_seed(0)
    network = GAN()
    inputs = torch.rand(8, 32)
    expected = compute_on_cpu(network, inputs, CPU)
    with monkeypatch.context() as patch:
        patch.setattr(F, name, wrong)
        found = compute_on_cpu(network, inputs, CPU)
    assert find_difference(found, expected[: len(found)]) > TOLERANCE


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
def test_a_real_gpu_agrees_with_the_cpu():
    assert compare_with_cpu(torch.device("cuda")) == []


def test_networks_lie_in_memory_as_in_training():
    network = GAN()
    seen = []

    def note(module, inputs):
        seen.append(module.weight.is_contiguous(memory_format=torch.channels_last))

    network.discriminator.down2.register_forward_pre_hook(note)
    compute_on_cpu(network, torch.rand(8, 32), CPU)
    assert seen == [True]
    assert network.discriminator.down2.weight.is_contiguous()  # the copy alone was changed


def test_a_small_gradient_is_measured_by_the_largest():
    expected = [torch.ones(4), torch.ones(4), torch.tensor([1e-9])]
    found = [torch.ones(4), torch.ones(4), torch.tensor([-1e-8])]
    assert find_difference(found, expected) == pytest.approx(1.1e-8 / 2e-3)
