"""A text to learn that every machine has, and a simple model to compare networks with."""

import math
import sysconfig
from pathlib import Path

import torch
from torch import Tensor

from dlcourse.data.text import TextData

NUM_CHARACTERS = 1_000_000


def write_python_sources(path: Path, num_characters: int = NUM_CHARACTERS) -> Path:
    """Write the start of Python's own standard library, its modules in ASCII one after another."""
    library = Path(sysconfig.get_path("stdlib"))
    text = ""
    for file in sorted(library.glob("*.py")):
        source = file.read_bytes()
        if source.isascii():
            text += source.decode("ascii")
        if len(text) >= num_characters:
            break
    path.write_text(text[:num_characters], "utf-8")
    return path


def trigram_bits(text: TextData) -> float:
    """Return the bits per character of a trigram model on the test part.

    It predicts a character by how often it follows the two characters before it in the training
    part. Counts of pairs and of single characters help where a triple is rare; how much they do is
    chosen on the validation part, so that the comparison is fair.
    """
    size = len(text.vocabulary)
    singles, pairs, triples = count(text.train.long(), size)
    best_bits = math.inf
    best_help = 0.0
    for help_of_shorter in (0.3, 1.0, 3.0, 10.0):
        model = smooth(singles, pairs, triples, help_of_shorter)
        bits = measure(model, text.validation.long())
        if bits < best_bits:
            best_bits = bits
            best_help = help_of_shorter
    return measure(smooth(singles, pairs, triples, best_help), text.test.long())


def count(ids: Tensor, size: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return how often each character, pair and triple occurs."""
    singles = ids.bincount(minlength=size)
    pairs = (ids[:-1] * size + ids[1:]).bincount(minlength=size**2)
    triples = ((ids[:-2] * size + ids[1:-1]) * size + ids[2:]).bincount(minlength=size**3)
    return (
        singles.double(),
        pairs.view(size, size).double(),
        triples.view(size, size, size).double(),
    )


def smooth(singles: Tensor, pairs: Tensor, triples: Tensor, help_of_shorter: float) -> Tensor:
    """Return probabilities (before the last, last, next); each adds those of a shorter past."""
    size = len(singles)
    uniform = torch.full((size,), 1 / size, dtype=torch.float64)
    probabilities = uniform
    for counts in (singles, pairs, triples):
        total = counts.sum(dim=-1, keepdim=True)
        probabilities = (counts + help_of_shorter * probabilities) / (total + help_of_shorter)
    return probabilities


def measure(probabilities: Tensor, ids: Tensor) -> float:
    """Return the mean bits of each character after the first two."""
    found = probabilities[ids[:-2], ids[1:-1], ids[2:]]
    return -found.log2().mean().item()
