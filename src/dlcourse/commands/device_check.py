"""Compare a device with the CPU: outputs and gradients of each model."""

import copy
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from dlcourse.commands.models import MODELS, find_family
from dlcourse.training.config import TrainConfig
from dlcourse.training.trainer import prepare

NUM_EXAMPLES = 8
# With rounding errors 16 times as large as those of float32, the models differed by 3e-5, and by
# 0.02 where a ReLU changed sides. A wrong operation differs by about 1.
TOLERANCE = 0.1
# A gradient that is 0 but for rounding, as before batch normalization, has no relative difference.
SMALL = 1e-3  # of the largest gradient


def compare_with_cpu(device: torch.device) -> list[str]:
    """Say which models a device computes otherwise than the CPU; an empty list if it does none.

    Compared are the outputs and the gradient of each parameter in eval and in train mode, in
    float32. The tolerance is TOLERANCE, relative to the norm.
    """
    problems: list[str] = []
    if device.type == "cpu":
        return problems
    for model in MODELS:
        network, inputs = _make_example(model)
        for mode in ("eval", "train"):
            network.train(mode == "train")
            problem = _compare(network, inputs, device)
            if problem:
                problems.append(f"{model} in {mode} mode: {problem}")
    return problems


def _make_example(model: str) -> tuple[nn.Module, Tensor]:
    """Return a network with its initial weights, and random inputs for it."""
    family = find_family(model)
    about = family.about(family.load(family.default_data))
    example = family.example_inputs(about)
    shape = (NUM_EXAMPLES, *example.shape[1:])
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = family.build(about)
        if example.is_floating_point():
            return network, torch.rand(shape)
        return network, torch.randint(2, shape)  # the first two characters, or states


def _compare(network: nn.Module, inputs: Tensor, device: torch.device) -> str:
    """Say how far a device is off, if it is; an operation that it lacks raises RuntimeError."""
    expected = compute_results(network, inputs, torch.device("cpu"))
    try:
        # NVIDIA's convolutions round float32 to 11 binary digits otherwise.
        with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
            found = compute_results(network, inputs, device)
    except RuntimeError as error:
        return str(error).partition("\n")[0]
    difference = find_difference(found, expected)
    return "" if difference <= TOLERANCE else f"largest relative difference {difference:.2g}"


def compute_results(network: nn.Module, inputs: Tensor, device: torch.device) -> list[Tensor]:
    """Return a network's outputs and the gradients of their squared errors, on the CPU.

    The network lies in memory as in training: PyTorch's issue 175189 is a wrong gradient on MPS
    for channels_last alone.
    """
    copied = prepare(copy.deepcopy(network), device, TrainConfig())
    outputs = copied(inputs.to(device))
    (outputs - 1).square().mean().backward()  # as if all targets were 1
    gradients = [weight.grad for weight in copied.parameters() if weight.grad is not None]
    return [result.detach().cpu() for result in (outputs, *gradients)]


def find_difference(found: Sequence[Tensor], expected: Sequence[Tensor]) -> float:
    """Return the largest difference of outputs or gradients, relative to the expected norm.

    It is NaN where a result is.
    """
    smallest = SMALL * max(gradient.norm() for gradient in expected[1:])
    differences = []
    for one, other in zip(found, expected, strict=True):
        differences.append((one - other).norm() / other.norm().clamp(min=smallest))
    return torch.stack(differences).max().item()
