"""Every generator that a run may draw from: dropout, augmentation and the order of the batches."""

import contextlib
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch


def seed_generators(seed: int) -> None:
    """Start the global generators of Python, NumPy and PyTorch from a seed of 0 to 2**63 - 1."""
    random.seed(seed)
    np.random.seed([seed % 2**32, seed >> 32])  # NumPy takes words of 32 bits
    torch.manual_seed(seed)


def get_random_state(generator: torch.Generator | None = None) -> dict[str, Any]:
    """Return where all global generators stand, and that generator, as tensors and plain values."""
    kind, words, *rest = np.random.get_state(legacy=True)
    version, python_words, next_gauss = random.getstate()
    # Its 625 numbers as a tensor: a tuple would be saved number by number.
    return {
        "python": (version, torch.from_numpy(np.fromiter(python_words, np.int64)), next_gauss),
        "numpy": (kind, torch.from_numpy(np.asarray(words).astype(np.int64)), *rest),
        "torch": torch.get_rng_state(),
        "cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_initialized() else [],
        "mps": torch.mps.get_rng_state() if torch.backends.mps.is_available() else None,
        "own": None if generator is None else generator.get_state(),
    }


def set_random_state(state: dict[str, Any], generator: torch.Generator | None = None) -> None:
    """Put the generators back to where get_random_state found them."""
    version, python_words, next_gauss = state["python"]
    random.setstate((version, tuple(python_words.tolist()), next_gauss))
    kind, words, *rest = state["numpy"]
    np.random.set_state((kind, words.numpy().astype(np.uint32), *rest))
    torch.set_rng_state(state["torch"])
    if state["cuda"] and len(state["cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all(state["cuda"])
    if state["mps"] is not None and torch.backends.mps.is_available():
        torch.mps.set_rng_state(state["mps"])
    if state["own"] is not None and generator is not None:
        generator.set_state(state["own"])


@contextlib.contextmanager
def draw_the_same(device: torch.device) -> Iterator[None]:
    """Let PyTorch draw the same numbers in each such block, on the CPU and on this device.

    Behind the block its generators are where they were before it. torch.random.fork_rng with
    torch.manual_seed would do so, too, but takes 220 µs without a GPU, and leaves out Apple's MPS.
    """
    cpu_state = torch.get_rng_state()
    torch.default_generator.manual_seed(0)
    backend: Any = None
    if device.type in ("cuda", "mps"):
        backend = getattr(torch, device.type)
        device_state = backend.get_rng_state()
        backend.manual_seed(0)
    try:
        yield
    finally:
        torch.set_rng_state(cpu_state)
        if backend is not None:
            backend.set_rng_state(device_state)
