"""Which device a run uses: asked for by name, or the fastest one that is there."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import torch

from dlcourse.errors import EnvironmentProblem, is_out_of_memory
from dlcourse.training.config import TrainConfig, check_device


def list_devices() -> list[str]:
    """Return the devices that this PyTorch can use, the fastest first; "cpu" is always the last."""
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    devices = [f"cuda:{index}" for index in range(count)]
    if torch.backends.mps.is_available():
        devices.append("mps")
    return [*devices, "cpu"]


def pick_device(name: str = "auto") -> torch.device:
    """Return the device of that name; "auto" is CUDA, MPS or CPU, the first that is there.

    Raises: ValueError for a name that is none of auto, cpu, cuda, cuda:N, mps; EnvironmentProblem
        when that device is not there. Asking for a GPU that is not there is an error, not a slow
        run.
    """
    check_device(name)
    present = list_devices()
    wanted = present[0].partition(":")[0] if name == "auto" else name
    if wanted == "cuda":  # each of torchrun's processes has its own
        wanted = f"cuda:{os.environ.get('LOCAL_RANK', 0)}"
    if wanted not in present:
        reason = explain_missing_cuda() if wanted.startswith("cuda") else None
        mend = reason or f"use --device {present[0]}, or auto for the fastest one"
        raise EnvironmentProblem(f"there is no device {name} here, only {', '.join(present)}", mend)
    return torch.device(wanted)


def explain_missing_cuda() -> str | None:
    """Say why the machine's NVIDIA GPU is of no use to this PyTorch; None when it is, or there is none."""
    has_gpu = Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi") is not None
    if not has_gpu or torch.cuda.is_available():
        return None
    if torch.version.cuda is None:
        return "an NVIDIA GPU is present, but this PyTorch has no CUDA; see pytorch.org/get-started/locally"
    return f"an NVIDIA GPU is present, but its driver does not serve CUDA {torch.version.cuda}; update it"


@contextlib.contextmanager
def explain_failures(device: torch.device, config: TrainConfig) -> Iterator[None]:
    """Turn "out of memory" in the block, or a failed torch.compile, into an EnvironmentProblem."""
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if config.compile and isinstance(error, torch._dynamo.exc.TorchDynamoException):
            reason = str(error).strip().partition("\n")[0]
            problem = f"the steps cannot be compiled ({reason})"
            raise EnvironmentProblem(problem, "leave out --compile") from error
        if not is_out_of_memory(error):
            raise
        size, pieces = config.batch_size, config.accumulate
        problem = f"the memory of {device} is not enough for a batch_size of {size}"
        problem += f" in {pieces} pieces" if pieces > 1 else ""
        mend = f"try --accumulate {2 * pieces}, which trains the same, or --batch-size {size // 2}"
        raise EnvironmentProblem(
            problem, mend if size > pieces else "use a smaller network"
        ) from error
