"""A network layer by layer: shapes, parameters, and how much there is to reckon for one picture."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

COLUMNS = ("name", "kind", "output_shape", "parameters", "multiply_adds")


def collect_layers(network: nn.Module, image_shape: Sequence[int]) -> dict[str, Any]:
    """Return the layers in the order in which a picture of (channels, height, width) meets them, and sums.

    output_shape is without the batch. multiply_adds are the products that linear and convolutional layers
    add up for one picture: one for each weight at every place of the output. Biases, normalisation and
    activations are not counted; functions such as relu are no layers. Afterwards the network is in eval mode.
    """
    names = {layer: name for name, layer in network.named_modules() if not [*layer.children()]}
    rows: dict[str, dict[str, Any]] = {}

    def note(layer: nn.Module, _: object, output: Tensor) -> None:
        cells = (names[layer], type(layer).__name__, list(output.shape[1:]), _size(layer), 0)
        row = rows.setdefault(names[layer], dict(zip(COLUMNS, cells, strict=True)))
        if isinstance(layer, nn.Linear | nn.Conv1d | nn.Conv2d):
            row["multiply_adds"] += layer.weight.numel() * output.numel() // len(layer.weight)

    handles = [layer.register_forward_hook(note) for layer in names]
    with torch.inference_mode():
        network.eval()(torch.zeros(1, *image_shape))
    for handle in handles:
        handle.remove()
    multiply_adds = sum(row["multiply_adds"] for row in rows.values())
    return {
        "layers": list(rows.values()),
        "parameters": _size(network),
        "multiply_adds": multiply_adds,
    }


def describe_layers(collected: dict[str, Any]) -> str:
    """Return what collect_layers found as a table in plain text."""
    total = {"name": "total", "kind": "", "output_shape": [], **collected}
    table = [[name.replace("_", " ") for name in COLUMNS]]
    for row in [*collected["layers"], total]:
        shape = " x ".join(map(str, row["output_shape"]))
        table.append([row["name"], row["kind"], shape, *(f"{row[name]:,}" for name in COLUMNS[3:])])
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    rows = [
        [*map(str.ljust, row[:3], widths), *map(str.rjust, row[3:], widths[3:])] for row in table
    ]
    return "\n".join(map("  ".join, rows))


def _size(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())
