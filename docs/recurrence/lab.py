# ---
# jupyter:
#   chapter: recurrence
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Lab: a network that writes
#
# On [the page before this lab](../../recurrence/#characters) an LSTM predicted the next character of a
# text. Here you compare three kinds of recurrent cells on the text of this course, and let them write.
#
# *40 minutes. Needs: recurrent networks. In full, this lab computes for about one minute on one core of a
# processor, without the internet or a graphics card. What you see on this page was computed in the
# reduced mode, in a few seconds: set `IS_FULL = True` in the first cell for the whole training.*

# %%
import math
import os

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from IPython.display import display

from dlcourse.data.text import TextBatches, load_text
from dlcourse.models.gru import GRU
from dlcourse.models.lstm import LSTM
from dlcourse.models.rnn import RNN

IS_FULL = os.environ.get("DLCOURSE_FULL_LAB") == "1"
EPOCHS = 12 if IS_FULL else 1
LEARNING_RATE = 0.01 if IS_FULL else 0.02  # larger steps where there are few
CONTEXT = 32  # characters in a window
HIDDEN_FEATURES = 128 if IS_FULL else 64  # numbers in the hidden state

text = load_text()
vocabulary_size = len(text.vocabulary)
print(f"{len(text.train):,} characters to learn from, {vocabulary_size} different ones")


def decode(ids):
    """Return the text of a list of ids."""
    return "".join(text.vocabulary[place] for place in ids)


print(decode(text.train[:200]))

# %% [markdown]
# The id of a character is its place in the vocabulary. The first eight tenths of the text are for
# training, the next tenth for validation, and the last tenth is not used here. A batch is a pair of
# windows: the characters, and for each of them the next one.

# %%
batches = TextBatches(text.train, 2, 12, torch.Generator().manual_seed(0))
characters, next_characters = next(iter(batches))
for row in range(2):
    print(repr(decode(characters[row])), "->", repr(decode(next_characters[row])))

# %% [markdown]
# ## A model that knows nothing
#
# Before training, a network gives nearly equal probabilities to all characters. So its loss must be near
# the binary logarithm of their number. If it is not, something is wrong.

# %%
SEED = 0


def measure(network):
    """Return the bits per character of the validation part."""
    total = 0.0
    count = 0
    with torch.no_grad():
        for characters, next_characters in TextBatches(text.validation, 100, CONTEXT):
            logits = network(characters).flatten(0, 1)
            targets = next_characters.flatten()
            total += F.cross_entropy(logits, targets, reduction="sum").item()
            count += len(targets)
    return total / count / math.log(2)


torch.manual_seed(SEED)
untrained = measure(LSTM(vocabulary_size, hidden_features=HIDDEN_FEATURES))
print(
    f"untrained: {untrained:.2f} bits; any of {vocabulary_size}: {math.log2(vocabulary_size):.2f}"
)
assert abs(untrained - math.log2(vocabulary_size)) < 0.3

# %% [markdown]
# ## Three cells
#
# The three networks differ only in their cell. Clipping limits the length of the gradient.


# %%
def train(network, epochs):
    """Train a network; return its bits per character after each epoch."""
    generator = torch.Generator().manual_seed(SEED)
    batches = TextBatches(text.train, 32, CONTEXT, generator)
    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE)
    history = []
    for _ in range(epochs):
        for characters, next_characters in batches:
            logits = network(characters).flatten(0, 1)
            loss = F.cross_entropy(logits, next_characters.flatten())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimizer.step()
        history.append(measure(network))
    return history


networks = {}
histories = {}
for cell in (RNN, GRU, LSTM):
    torch.manual_seed(SEED)
    network = cell(vocabulary_size, hidden_features=HIDDEN_FEATURES)
    name = cell.__name__
    networks[name] = network
    histories[name] = train(network, EPOCHS)
    num_parameters = sum(weights.numel() for weights in network.parameters())
    last = histories[name][-1]
    print(f"{name:5} {num_parameters:7,} parameters, {last:.2f} bits per character")
    assert last < 4.43  # counts of single characters

# %%
figure, axes = plt.subplots(figsize=(5, 3.2))
for name, history in histories.items():
    axes.plot(range(1, EPOCHS + 1), history, "o-", label=name)
axes.axhline(2.64, color="k", linestyle="--", label="counts of three")
axes.set(xlabel="epoch", ylabel="bits per character")
axes.legend()
description = (
    "Bits per character of three networks after each epoch, and the line of trigram counts"
)
display(figure, metadata={"image/png": {"alt": description}})
plt.close(figure)

# %% [markdown]
# The dashed line is the result of [counting pieces of three characters](../../recurrence/#characters). In
# one epoch the networks are still above that line or near it. In the full mode all three end far below
# it.
#
# ## Let it write
#
# The network reads the beginning of a text, and then one character after another is drawn from its
# probabilities, by `torch.multinomial`. The network's state would be enough to go on from; for simplicity the loop reads the
# last window again at each step.


# %%
def write(network, prompt, temperature, length=120):
    """Return the prompt and the characters that the network draws."""
    generator = torch.Generator().manual_seed(SEED)
    ids = [text.vocabulary.index(character) for character in prompt]
    with torch.no_grad():
        for _ in range(length):
            window = torch.tensor([ids[-CONTEXT:]])
            logits = network(window)[0, -1]  # for the next character
            probabilities = (logits / temperature).softmax(dim=0)
            drawn = torch.multinomial(probabilities, 1, generator=generator)
            ids.append(drawn.item())
    return decode(ids)


for temperature in (0.2, 0.7, 1.2):
    print(f"temperature {temperature}:")
    print(write(networks["LSTM"], "A neuron", temperature))
    print()

# %% [markdown]
# A low temperature repeats the most common words. A high one also writes characters in places where the
# network found them unlikely. After one epoch most words are invented; after twelve most are words of
# this course, in an order that means little. The network has read only as much as a person reads in an
# hour or two.
#
# ## What is in the hidden state?
#
# The hidden state is a row of numbers, and one step changes each a little. The next cell shows the first
# thirty of them while the network reads a sentence.

# %%
sentence = "The gradient is a vector of slopes, one for each weight."
ids = torch.tensor([[text.vocabulary.index(character) for character in sentence]])
lstm = networks["LSTM"]
with torch.no_grad():
    states = lstm.recurrent(lstm.embedding(ids))[0]  # (1, length, HIDDEN_FEATURES)

figure, axes = plt.subplots(figsize=(7, 3.6))
axes.imshow(states[0, :, :30].T.numpy(), cmap="RdBu_r", vmin=-1, vmax=1, aspect="auto")
axes.set_xticks(range(len(sentence)), list(sentence), size=7)
axes.set_ylabel("unit")
description = (
    "Thirty units in rows, the characters of a sentence in columns, states in red and blue"
)
display(figure, metadata={"image/png": {"alt": description}})
plt.close(figure)

# %% [markdown]
# Some rows change at each character, and others keep their color over a word or longer. No person has told a
# unit what to store.
#
# ## Things to try
#
# Download this lab as a [Python file](lab.py) or as a [notebook](../../assets/built/labs/recurrence.ipynb),
# or copy the cells. Change one thing at a time, and say what you expect before you run it.
#
# 1. **The whole training.** Set `IS_FULL = True`. Which cell ends lowest, and how large are the differences
#    beside those of two seeds?
# 2. **A text of yours.** Write `load_text("novel.txt")`. A text in any script will do, if it is saved as
#    UTF-8.
# 3. **The forget gate.** Set its bias to 1 or 3 as in `ruler.py` before training. Does it matter in windows of
#    32 characters?
# 4. **A shorter window.** Set `CONTEXT = 8`. How many bits does the memory of more than eight characters save?
#
# ## Sources
#
# - J. L. Elman (1990). Finding structure in time. *Cognitive Science* 14(2), 179–211.
# - S. Hochreiter, J. Schmidhuber (1997). Long short-term memory. *Neural Computation* 9(8), 1735–1780.
# - A. Graves (2013). Generating sequences with recurrent neural networks. arXiv:1308.0850.
