"""A text becomes examples: a window of characters, and the next as target."""

import tempfile
from pathlib import Path

import torch

from dlcourse.data.text import TextBatches, load_text

file = Path(tempfile.mkdtemp(), "counting.txt")
file.write_text("one two three four five six seven eight nine ten " * 40)
data = load_text(file)
letters = data.vocabulary
print(len(letters), "characters:", repr(letters))
for name in ("train", "validation", "test"):
    split = getattr(data, name)
    print(f"{name}: {len(split)} characters")

order = torch.Generator().manual_seed(0)
batches = TextBatches(data.train, batch_size=10, context=12, generator=order)
inputs, targets = next(iter(batches))
print(len(batches), "batches, the first", tuple(inputs.shape))
for window in (inputs[0], targets[0]):
    characters = [letters[place] for place in window]
    print(repr("".join(characters)))
