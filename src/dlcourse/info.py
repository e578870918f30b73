"""What this machine offers a run: versions, devices, data."""

import platform
from importlib import metadata
from pathlib import Path

import torch

from dlcourse import __version__
from dlcourse.data import digits
from dlcourse.data.cifar10 import CIFAR10
from dlcourse.data.mnist import FASHION_MNIST, MNIST
from dlcourse.training.device import describe_device, explain_missing_cuda, list_devices


def find_data(data_dir: Path | None = None) -> dict[str, str | None]:
    """Return the folder of each data set; None for one that would have to be downloaded."""
    folders: dict[str, str | None] = {"digits": str(Path(digits.__file__).parent)}
    for name, files in {"mnist": MNIST, "fashion-mnist": FASHION_MNIST, "cifar10": CIFAR10}.items():
        paths = files.find(data_dir)
        folders[name] = str(paths[0].parent) if paths else None
    return folders


def collect_info(data_dir: Path | None = None) -> dict[str, object]:
    """Return what `dlcourse info` shows, ready for JSON; "data" says where each data set is, or None."""
    return {
        "dlcourse": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        # without importing them
        **{name: metadata.version(name) for name in ("torch", "torchvision", "numpy")},
        "devices": list_devices(),
        "device_names": [describe_device(name) for name in list_devices()],
        "threads": torch.get_num_threads(),
        "data": find_data(data_dir),
        "notes": [note for note in [explain_missing_cuda()] if note],
    }


def describe_info(facts: dict[str, object]) -> str:
    """Return the facts as lines, without those that are empty."""
    lines = []
    for name, value in facts.items():
        if isinstance(value, dict):
            value = [f"{key} {found or 'not found'}" for key, found in value.items()]
        if value:
            text = ", ".join(value) if isinstance(value, list) else value
            lines.append(f"{name.replace('_', ' '):12} {text}")
    return "\n".join(lines)
