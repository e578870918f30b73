"""The files of a run's state: checked before they are used."""

import hashlib
import io
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from dlcourse.atomic_files import write_atomically
from dlcourse.errors import CheckpointError

# Behind it: the payload's SHA-256 in 64 digits, a newline, the payload.
HEADER = b"dlcourse checkpoint 1\n"


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Save the state of a run: tensors, numbers, texts and containers of them."""
    buffer = io.BytesIO()  # torch.save to a path hides the reason of a full disk
    torch.save(state, buffer)
    payload = buffer.getvalue()
    digest = hashlib.sha256(payload).hexdigest().encode()
    write_atomically(path, HEADER + digest + b"\n" + payload)


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Load what save_checkpoint wrote, on the CPU.

    The checksum is compared before PyTorch sees a byte, and PyTorch reads tensors and plain values
    only.
    Raises: CheckpointError when the file is missing, damaged or something else.
    """
    content = _read(path)
    header, _, rest = content.partition(b"\n")
    digest, _, payload = rest.partition(b"\n")
    if header + b"\n" != HEADER:
        problem = f"{path} is not a checkpoint of dlcourse"
        raise CheckpointError(problem, "use one that dlcourse train wrote")
    if hashlib.sha256(payload).hexdigest().encode() != digest:
        problem = f"{path} is damaged (its checksum differs)"
        raise CheckpointError(problem, "use an older checkpoint or train again")
    try:
        state = torch.load(io.BytesIO(payload), map_location="cpu", weights_only=True)
    # 14 kinds of error have been seen, and their texts advise to switch the safety off.
    except Exception as error:
        problem = f"{path} holds more than tensors and plain values, so it is not loaded"
        raise CheckpointError(problem, "train again") from error
    if not isinstance(state, dict):
        problem = f"{path} holds a {type(state).__name__}, not a run's state"
        raise CheckpointError(problem, "train again")
    return state


def save_weights(path: Path, model: nn.Module, durable: bool = True) -> None:
    """Save a model's weights as safetensors, with a checksum: that format has none of its own."""
    weights = {}
    for name, tensor in model.state_dict().items():
        # Cloned, because weights that two layers share are saved twice.
        copied = tensor.detach().cpu().clone(memory_format=torch.contiguous_format)
        weights[name] = copied
    save_tensors(path, weights, {"sha256": digest_weights(weights)}, durable)


def save_tensors(
    path: Path, tensors: dict[str, Tensor], metadata: dict[str, str], durable: bool = True
) -> int:
    """Save tensors as safetensors; return the bytes of the file.

    Raises: EnvironmentProblem when the file cannot be written.
    """
    content = safetensors.torch.save(tensors, metadata)
    write_atomically(path, content, durable)
    return len(content)


def read_weights(path: Path) -> dict[str, Tensor]:
    """Return what save_weights wrote, on the CPU, without pickle.

    Raises: CheckpointError when the file is missing, damaged or something else.
    """
    _read(path, limit=1)  # a missing or forbidden file has its own sentence
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            names = file.keys()
            weights = {name: file.get_tensor(name) for name in names}
        digest = digest_weights(weights)
    except (
        Exception
    ) as error:  # one class for damage, others for a folder, a type that torch lacks, ...
        problem = f"{path} is damaged or not a safetensors file"
        raise CheckpointError(problem, "train again") from error
    if metadata.get("sha256") != digest:
        problem = f"{path} is damaged or not from dlcourse (its checksum differs)"
        raise CheckpointError(problem, "train again")
    return weights


def load_weights(path: Path, model: nn.Module) -> None:
    """Load what save_weights wrote into a model of the same shape.

    Raises: CheckpointError when the file is missing, damaged, something else, or of another model.
    """
    weights = read_weights(path)
    try:
        model.load_state_dict(weights)
    except RuntimeError as error:
        problem = f"{path} holds the weights of another model than this {type(model).__name__}"
        raise CheckpointError(problem, "train again") from error


def digest_weights(weights: dict[str, Tensor]) -> str:
    """Return the SHA-256 of names, types, shapes and values."""
    digest = hashlib.sha256()
    for name, tensor in sorted(weights.items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()


def _read(path: Path, limit: int = -1) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(limit)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = getattr(error, "strerror", None) or error
        raise CheckpointError(f"{path} cannot be read ({reason})", "check the path") from error
