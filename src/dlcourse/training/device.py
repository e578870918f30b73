"""Which device a run uses: the one that is asked for by name, or the fastest available one."""

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
    """Return the device of that name; "auto" is the first available one of CUDA, MPS and CPU.

    Raises: ValueError for a name that is not auto, cpu, cuda, cuda:N or mps; EnvironmentProblem
        when that device is not available. A GPU that was asked for is never replaced by a slow CPU.
    """
    check_device(name)
    available = list_devices()
    wanted = name
    if name == "auto":
        wanted = available[0].partition(":")[0]
    if wanted == "cuda":  # each of torchrun's processes has its own GPU
        wanted = f"cuda:{os.environ.get('LOCAL_RANK', 0)}"
    if wanted not in available:
        remedy = f"use --device {available[0]}, or auto for the fastest one"
        reason = explain_missing_cuda()
        if wanted.startswith("cuda") and reason is not None:
            remedy = reason
        problem = f"there is no device {name} here, only {', '.join(available)}"
        raise EnvironmentProblem(problem, remedy)
    return torch.device(wanted)


def explain_missing_cuda() -> str | None:
    """Say why PyTorch cannot use the machine's NVIDIA GPU; None when it can, or there is none."""
    has_driver = Path("/proc/driver/nvidia/version").exists()
    has_gpu = has_driver or shutil.which("nvidia-smi") is not None
    if not has_gpu or torch.cuda.is_available():
        return None
    present = "an NVIDIA GPU is present, but"
    if torch.version.cuda is None:
        return f"{present} this PyTorch has no CUDA; see pytorch.org/get-started/locally"
    return f"{present} its driver does not support CUDA {torch.version.cuda}; update it"


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
        if is_out_of_memory(error):
            raise _no_memory(device, config) from error
        raise


def _no_memory(device: torch.device, config: TrainConfig) -> EnvironmentProblem:
    """Return the error for a batch that needs too much memory, with settings that need less."""
    size = config.batch_size
    pieces = config.accumulate
    problem = f"the memory of {device} is not enough for a batch_size of {size}"
    if pieces > 1:
        problem += f" in {pieces} parts"
    if size <= pieces:
        return EnvironmentProblem(problem, "use a smaller network")
    remedy = f"try --batch-size {size // 2}, or --accumulate {2 * pieces}, which takes the same "
    remedy += "steps unless the network has batch normalization"
    return EnvironmentProblem(problem, remedy)
