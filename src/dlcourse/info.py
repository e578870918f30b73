"""What this machine offers a run: versions, devices, data."""

import platform
from importlib import metadata
from pathlib import Path

import torch

from dlcourse import __version__
from dlcourse.training.device import describe_device, explain_missing_cuda, list_devices


def collect_info(data_dir: Path | None = None) -> dict[str, object]:
    """Return what `dlcourse info` shows, ready for JSON; "data" says where each data set is, or None."""
    return {
        "dlcourse": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        **{
            name: metadata.version(name) for name in ("torch", "torchvision", "numpy")
        },  # without importing them
        "devices": list_devices(),
        "device_names": [describe_device(name) for name in list_devices()],
        "threads": torch.get_num_threads(),
        "data": {"digits": "in the package"},
        "notes": [note for note in [explain_missing_cuda()] if note],
    }
