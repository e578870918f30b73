"""A network layer by layer: shapes, parameters, and how much there is to reckon for one picture."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

COLUMNS = ("name", "kind", "output_shape", "parameters", "multiply_adds")


def collect_layers(network: nn.Module, image_shape: Sequence[int]) -> dict[str, Any]:
    """Return the layers in the order in which a picture of (channels, height, width) meets them, and sums.

    A layer's output_shape is without the batch. multiply_adds are the products that are added up for one
    picture; biases, normalisation and activations are not counted, and functions such as relu are no layers.
    """
    names = {layer: name for name, layer in network.named_modules() if not [*layer.children()]}
    rows: dict[str, dict[str, Any]] = {}

    def note(layer: nn.Module, _: object, output: Tensor) -> None:
        cells = (names[layer], type(layer).__name__, list(output.shape[1:]), _size(layer), 0)
        rows[names[layer]] = dict(zip(COLUMNS, cells, strict=True))

    for layer in names:
        layer.register_forward_hook(note)
    network = network.to("meta").eval()  # shapes without numbers: even a large network takes no time
    with FlopCounterMode(display=False) as counter:
        network(torch.zeros(1, *image_shape, device="meta"))
    operations = {name: sum(of.values()) // 2 for name, of in counter.get_flop_counts().items()}
    for name, row in rows.items():  # a product and its addition are one multiply-add
        row["multiply_adds"] = operations.get(f"{type(network).__name__}.{name}", 0)
    total = {"parameters": _size(network), "multiply_adds": operations.get("Global", 0)}
    return {"layers": list(rows.values()), **total}


def describe_layers(collected: dict[str, Any]) -> str:
    """Return what collect_layers found as a table in plain text."""
    total = {"name": "total", "kind": "", "output_shape": [], **collected}
    table = [[name.replace("_", " ") for name in COLUMNS]]
    for row in [*collected["layers"], total]:
        shape = " x ".join(map(str, row["output_shape"]))
        table.append([row["name"], row["kind"], shape, *(f"{row[name]:,}" for name in COLUMNS[3:])])
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join([*map(str.ljust, row[:3], widths), *map(str.rjust, row[3:], widths[3:])]) for row in table
    ]
    return "\n".join(lines)


def _size(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())
