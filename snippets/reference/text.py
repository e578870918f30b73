"""A text as windows of characters, each with the one after it as its target."""

import tempfile
from pathlib import Path

import torch

from dlcourse.data.text import TextBatches, load_text

file = Path(tempfile.mkdtemp(), "counting.txt")
file.write_text("one two three four five six seven eight nine ten " * 40)
data = load_text(file)
letters = data.vocabulary
print(len(letters), "characters:", repr(letters))
parts = data.train, data.validation, data.test
print([len(part) for part in parts], data.train.dtype)

order = torch.Generator().manual_seed(0)
batches = TextBatches(data.train, batch_size=10, context=12, generator=order)
inputs, targets = next(iter(batches))
print(len(batches), "batches, the first", tuple(inputs.shape))
for window in (inputs[0], targets[0]):
    print(repr("".join(letters[place] for place in window)))
