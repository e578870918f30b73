"""An LSTM learns the text of this course, character by character."""

import math

import torch
import torch.nn.functional as F

from dlcourse.data.text import TextBatches, load_text
from dlcourse.models.lstm import LSTM

text = load_text()  # in three parts of 80, 10 and 10 percent
generator = torch.Generator().manual_seed(0)
context = 64  # characters in a window
batches = TextBatches(text.train, 16, context, generator)
torch.manual_seed(0)
network = LSTM(len(text.vocabulary), hidden_features=96)
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)


def loss_of(characters, next_characters):
    """Return the mean cross entropy of a batch of windows."""
    logits = network(characters)  # (batch, length, vocabulary)
    return F.cross_entropy(logits.flatten(0, 1), next_characters.flatten())


for _ in range(10):
    for characters, next_characters in batches:
        loss = loss_of(characters, next_characters)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

with torch.no_grad():
    for one_batch in TextBatches(text.validation, 1000, context):
        bits = loss_of(*one_batch).item() / math.log(2)
num_parameters = sum(weights.numel() for weights in network.parameters())
print(f"{num_parameters:,} parameters")
print(f"{bits:.1f} bits per character")
