"""What a trained network does with the test pictures."""

import torch
from torch import nn

from dlcourse.assemble import make_batches
from dlcourse.data.batches import ImageData
from dlcourse.training.loop import evaluate


def measure(network: nn.Module, pictures: ImageData, device: torch.device) -> dict[str, object]:
    """Measure a network on the test pictures; return the figures as the commands print them."""
    loss, accuracy = evaluate(network, make_batches(pictures, pictures.test, device), device)
    return {"metric": "test_accuracy", "metric_value": accuracy, "test_accuracy": accuracy, "test_loss": loss}


def describe(figures: dict[str, object]) -> str:
    """Return what measure found as part of a sentence."""
    return f"test accuracy {figures['test_accuracy']:.4f}, test loss {figures['test_loss']:.4f}"
