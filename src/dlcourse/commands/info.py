"""`dlcourse info`: versions, devices and data on this machine, and the layers of a model."""

import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dlcourse import __version__
from dlcourse.data import digits
from dlcourse.data.catalog import list_published
from dlcourse.data.text import COURSE_TEXT
from dlcourse.training.config import PRECISIONS
from dlcourse.training.device import explain_missing_cuda, list_devices

LAYER_COLUMNS = ("name", "kind", "output_shape", "parameters", "multiply_adds")
NUMBER_COLUMNS = ("parameters", "multiply_adds")


def collect_info(data_dir: Path | None = None) -> dict[str, Any]:
    """Return what `dlcourse info` shows; "data" says where each data set is, or None."""
    devices = list_devices()
    note = explain_missing_cuda()
    versions = {name: metadata.version(name) for name in ("torch", "torchvision", "numpy")}
    return {
        "dlcourse": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        **versions,
        "devices": devices,
        "device_names": [name_device(device) for device in devices],
        "precisions": {device: _list_precisions(device) for device in devices},
        "threads": torch.get_num_threads(),
        "data": _find_data(data_dir),
        "notes": [] if note is None else [note],
    }


def name_device(device: str) -> str:
    """Return a GPU's name as its maker writes it."""
    if device.startswith("cuda"):
        return torch.cuda.get_device_name(device)
    return device


def _list_precisions(device: str) -> list[str]:
    """Return the precisions of a device; a GPU that only imitates bfloat16 does not have it."""
    if device.startswith("cuda") and not torch.cuda.is_bf16_supported(including_emulation=False):
        return [precision for precision in PRECISIONS if precision != "bfloat16"]
    return list(PRECISIONS)


def _find_data(data_dir: Path | None) -> dict[str, str | None]:
    """Return for each data set the folder that holds it, or None."""
    folders: dict[str, str | None] = {"digits": str(Path(digits.__file__).parent)}
    for name, files in list_published().items():
        paths = files.find(data_dir)
        folders[name] = None if paths is None else str(paths[0].parent)
    folders["course"] = str(COURSE_TEXT.parent)
    return folders


def describe_info(facts: Mapping[str, Any]) -> str:
    """Return the facts as lines, one for each entry of a list or table."""
    lines = []
    for name, value in facts.items():
        label = name.replace("_", " ")
        for text in _list_texts(value):
            lines.append(f"{label:12} {text}")
            label = ""  # the first line of a list has its name, the others are below it
    return "\n".join(lines)


def _list_texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{key:13} {_describe_entry(entry)}" for key, entry in value.items()]
    if isinstance(value, list):
        return value
    return [str(value)]


def _describe_entry(entry: list[str] | str | None) -> str:
    if isinstance(entry, list):
        return ", ".join(entry)
    return entry or "not found"


def collect_layers(network: nn.Module, inputs: Tensor) -> dict[str, Any]:
    """Return the layers in the order in which one example meets them, and their sums.

    output_shape is without the batch. multiply_adds are the products that linear, convolutional and
    recurrent layers add up for the example: each weight counts once for every place where it is
    used. Biases, normalization and activations are not counted, and functions such as relu are not
    layers. Afterwards the network is in eval mode.

    Shapes: inputs (1, ...), one example as the network takes it.
    """
    names = {layer: name for name, layer in network.named_modules() if not list(layer.children())}
    rows: dict[str, dict[str, Any]] = {}

    def note(layer: nn.Module, _: object, output: Any) -> None:
        result = (
            output[0] if isinstance(output, tuple) else output
        )  # recurrent layers return their state
        name = names[layer]
        if name not in rows:
            rows[name] = {
                "name": name,
                "kind": type(layer).__name__,
                "output_shape": list(result.shape[1:]),
                "parameters": _count_parameters(layer),
                "multiply_adds": 0,
            }
        rows[name]["multiply_adds"] += _count_multiply_adds(layer, result)

    handles = [layer.register_forward_hook(note) for layer in names]
    with torch.inference_mode():
        network.eval()(inputs)
    for handle in handles:
        handle.remove()
    return {
        "layers": list(rows.values()),
        "parameters": _count_parameters(network),
        "multiply_adds": sum(row["multiply_adds"] for row in rows.values()),
    }


def _count_parameters(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def _count_multiply_adds(layer: nn.Module, output: Tensor) -> int:
    if isinstance(layer, nn.Linear | nn.Conv1d | nn.Conv2d):
        num_places = output.numel() // len(
            layer.weight
        )  # of the output; each uses every weight once
        return layer.weight.numel() * num_places
    if isinstance(layer, nn.ConvTranspose2d):
        rows, columns = layer.stride
        num_places = output[0, 0].numel() // (rows * columns)  # of the input
        return layer.weight.numel() * num_places
    if isinstance(layer, nn.RNNBase):
        matrices = [weight for weight in layer.parameters() if weight.dim() == 2]
        num_steps = output.shape[1]  # (batch, steps, features)
        return num_steps * sum(matrix.numel() for matrix in matrices)
    return 0


def describe_layers(collected: Mapping[str, Any]) -> str:
    """Return what collect_layers found as a table in plain text."""
    total = {"name": "total", "kind": "", "output_shape": [], **collected}
    table = [[name.replace("_", " ") for name in LAYER_COLUMNS]]
    for row in [*collected["layers"], total]:
        table.append(_list_cells(row))
    widths = [max(len(row[column]) for row in table) for column in range(len(LAYER_COLUMNS))]
    return "\n".join(_align(row, widths) for row in table)


def _list_cells(row: Mapping[str, Any]) -> list[str]:
    shape = " x ".join(str(size) for size in row["output_shape"])
    numbers = [f"{row[name]:,}" for name in NUMBER_COLUMNS]
    return [row["name"], row["kind"], shape, *numbers]


def _align(row: Sequence[str], widths: Sequence[int]) -> str:
    """Return a row of the table: texts to the left, numbers to the right."""
    cells = []
    for name, cell, width in zip(LAYER_COLUMNS, row, widths, strict=True):
        is_number = name in NUMBER_COLUMNS
        cells.append(f"{cell:>{width}}" if is_number else f"{cell:<{width}}")
    return "  ".join(cells)
