"""What this machine offers a run: versions, devices, data."""

import platform
from importlib import metadata
from pathlib import Path
from typing import Any

import torch

from dlcourse import __version__
from dlcourse.data import digits
from dlcourse.data.cifar10 import CIFAR10
from dlcourse.data.mnist import FASHION_MNIST, MNIST
from dlcourse.training.config import PRECISIONS
from dlcourse.training.device import explain_missing_cuda, list_devices


def _list_precisions(device: str) -> list[str]:
    """Return the precisions of a device; a GPU that would only imitate bfloat16 does not have it."""
    has_bfloat16 = not device.startswith("cuda") or torch.cuda.is_bf16_supported(
        including_emulation=False
    )
    return [precision for precision in PRECISIONS if has_bfloat16 or precision != "bfloat16"]


def collect_info(data_dir: Path | None = None) -> dict[str, Any]:
    """Return what `dlcourse info` shows, ready for JSON; "data" says where each data set is, or None."""
    devices = list_devices()
    sets = {"mnist": MNIST, "fashion-mnist": FASHION_MNIST, "cifar10": CIFAR10}
    paths = {"digits": [Path(digits.__file__)]} | {
        name: files.find(data_dir) for name, files in sets.items()
    }
    gpus = {name: torch.cuda.get_device_name(name) for name in devices if name.startswith("cuda")}
    return {
        "dlcourse": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        # without importing them
        **{name: metadata.version(name) for name in ("torch", "torchvision", "numpy")},
        "devices": devices,
        "device_names": [gpus.get(name, name) for name in devices],  # as their makers write them
        "precisions": {name: _list_precisions(name) for name in devices},
        "threads": torch.get_num_threads(),
        "data": {name: str(found[0].parent) if found else None for name, found in paths.items()},
        "notes": [note for note in [explain_missing_cuda()] if note],
    }


def describe_info(facts: dict[str, Any]) -> str:
    """Return the facts as lines, one for each entry of a list or table."""
    lines = []
    for name, value in facts.items():
        if isinstance(value, dict):
            value = [f"{key:13} {_spoken(found)}" for key, found in value.items()]
        for line in value if isinstance(value, list) else [value]:
            lines.append(f"{name.replace('_', ' '):12} {line}")
            name = ""
    return "\n".join(lines)


def _spoken(value: list[str] | str | None) -> str:
    return ", ".join(value) if isinstance(value, list) else value or "not found"
