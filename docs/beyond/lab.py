# ---
# jupyter:
#   chapter: beyond
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Lab: a scaling log
#
# Large language models are planned with **scaling laws**: the loss falls as a power of the number of
# parameters, of the training data and of the work (Kaplan et al., 2020). To find such a law, one trains networks
# of several sizes and writes down their losses in a list, a **log**. Here you write one for a small network
# that predicts the next character of a text from the eight before it, and see what a line through its entries
# can tell.
#
# *30 minutes. Needs: recurrence. What you see on this page was computed in a few seconds of CPU time, in the
# reduced mode. In full, with `IS_FULL = True` in the first cell, the lab takes about half a minute.*

# %%
import functools
import math
import os

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from IPython.display import display
from torch import nn

from dlcourse.data.text import load_text

IS_FULL = os.environ.get("DLCOURSE_FULL_LAB") == "1"
WIDTHS = (4, 8, 16, 32, 64)  # hidden neurons
NUM_STEPS = 3000 if IS_FULL else 200
SHARES = (1 / 64, 1 / 16, 1 / 4, 1) if IS_FULL else (1 / 64, 1)
CONTEXT = 8  # characters that the network reads
BATCH_SIZE = 256

text = load_text()
print(f"{len(text.train):,} characters to learn from")


def show(figure, description):
    """Show a figure, with a description for readers who cannot see it."""
    display(figure, metadata={"image/png": {"alt": description}})
    plt.close(figure)


# %% [markdown]
# ## One entry of the log
#
# The network looks up 16 numbers for each of the eight characters, and has one hidden layer (Bengio et al.,
# 2003). The sizes differ in the number of hidden neurons alone. Every run takes the same number of steps on
# batches of the same size. The table of characters is not counted among the parameters, because it is only looked up.
#
# `unfold` cuts the text into windows that overlap: nine characters each, one step apart.
#
# A step does about six floating-point operations for each parameter and each example: two in the forward
# pass and four in the backward pass. Their number is the **compute** of a run.


# %%
def make_windows(characters):
    """Return all windows of eight characters, and the character after each."""
    windows = characters.long().unfold(0, CONTEXT + 1, 1)  # (count, 9): each one step later
    return windows[:, :-1], windows[:, -1]


def make_network(width):
    """Return an untrained network for windows (batch, 8)."""
    vocabulary_size = len(text.vocabulary)
    return nn.Sequential(
        nn.Embedding(vocabulary_size, 16),
        nn.Flatten(),
        nn.Linear(CONTEXT * 16, width),
        nn.Tanh(),
        nn.Linear(width, vocabulary_size),
    )


held_out, held_out_targets = make_windows(text.validation[:4000])


@functools.cache  # one run belongs to the sizes and to the parts of the text
def train_entry(width, share, seed=0):
    """Train one network; return its count of parameters, and losses along the way."""
    torch.manual_seed(seed)
    network = make_network(width)
    num_parameters = sum(weight.numel() for weight in network[2:].parameters())
    num_characters = round(share * len(text.train))
    windows, targets = make_windows(text.train[:num_characters])
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    steps = []
    losses = []
    for step in range(1, NUM_STEPS + 1):
        chosen = torch.randint(len(targets), (BATCH_SIZE,))
        loss = F.cross_entropy(network(windows[chosen]), targets[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % (NUM_STEPS // 10) == 0:
            with torch.no_grad():
                validation_loss = F.cross_entropy(network(held_out), held_out_targets)
            steps.append(step)
            losses.append(validation_loss.item())
    return num_parameters, steps, losses


log = []
for width in WIDTHS:
    num_parameters, steps, losses = train_entry(width, 1)
    log.append((num_parameters, steps, losses))
    print(f"{width:3} hidden neurons: {num_parameters:6,} parameters, loss {losses[-1]:.2f}")

guessing = math.log(len(text.vocabulary))
print(f"guessing among all characters: {guessing:.2f}")
assert log[-1][2][-1] < guessing

# %% [markdown]
# ## Loss against parameters
#
# A power law `L = a / N**b` is a straight line if both axes are logarithmic, because
# `log(L) = log(a) - b * log(N)`. The fit is therefore a line through the logarithms. It uses all sizes but the
# largest. That one tests whether the line can be continued.

# %%
counts = np.array([num_parameters for num_parameters, _, _ in log])
final = np.array([losses[-1] for _, _, losses in log])
slope, intercept = np.polyfit(np.log(counts[:-1]), np.log(final[:-1]), 1)
predicted = np.exp(intercept + slope * np.log(counts))

figure, panels = plt.subplots(1, 2, figsize=(7, 3))
panels[0].loglog(counts, final, "o", color="C0", label="runs")
panels[0].loglog(counts, predicted, "--", color="C1", label="fit without the largest")
panels[0].set_xlabel("parameters")
panels[0].set_ylabel("validation loss")
panels[0].legend()

for number, (num_parameters, steps, losses) in enumerate(log):
    compute = 6 * num_parameters * BATCH_SIZE * np.array(steps)
    color = f"C{number}"
    panels[1].loglog(compute, losses, color=color, label=f"{num_parameters:,}")
panels[1].set_xlabel("compute in operations")
panels[1].legend(title="parameters", loc="upper right", fontsize=8)
for panel in panels:
    panel.minorticks_off()
    panel.yaxis.set_major_formatter("{x:.1f}")
    low, high = panel.get_ylim()
    panel.set_yticks(np.round(np.linspace(low, high, 4), 1))
description = (
    "Two log-log plots. Left, the final loss falls with the number of parameters, beside a "
)
description += "straight line. Right, the loss of each size falls along its compute."
show(figure, description)

miss = final[-1] / predicted[-1] - 1
print(f"exponent b = {-slope:.2f}")
print(f"the largest network: predicted {predicted[-1]:.2f}, found {final[-1]:.2f} ({miss:+.0%})")
assert miss > 0

# %% [markdown]
# Read the last line: the largest network did not reach the loss that the line predicts for it. A line that
# fits four sizes is not yet a law for the fifth.
#
# In the right panel, compare the curves at one compute, that is, along a vertical line. The lowest curve says
# which size to train if no more compute can be paid for: a small network for many steps, or a large one for
# few. Scaling laws are used for this question (Hoffmann et al., 2022).
#
# ## Loss against data
#
# The same network, with 32 hidden neurons, learns from a part of the text, and takes as many steps as before. So it sees the
# same number of characters, but in a small part it sees each of them many times.

# %%
for share in SHARES:
    _, _, losses = train_entry(32, share)
    num_characters = round(share * len(text.train))
    lowest = min(losses)
    print(f"{num_characters:7,} characters: loss {losses[-1]:.2f}, lowest on the way {lowest:.2f}")
    if share == SHARES[0]:
        smallest_part = losses
assert smallest_part[-1] > min(smallest_part) > losses[-1]

# %% [markdown]
# On the smallest part the network learns the characters by heart: its validation loss rises again after a
# while, and ends far above the lowest value on the way. More steps do not help there. A log of sizes says
# nothing about runs that have too little data.
#
# ## What the line can tell, and what it cannot
#
# - **The range is tiny.** The sizes here differ by a factor of less than twenty. Kaplan et al. (2020) had
#   networks over a range of six powers of ten. Over a short range almost every smooth curve looks like a
#   straight line.
# - **The exponent is not a constant of nature.** With this few steps, the networks are not trained to the end, and larger
#   ones need fewer steps for the same loss. So the exponent mixes size and training time. Change the number of
#   steps, and it changes.
# - **There is a floor.** No network can predict a text perfectly, so the loss must level off at some value
#   above 0. The formula without a floor has to fail at some size. With this few points a floor cannot
#   be estimated: an additional number fits almost anything.
# - **One seed.** A second seed moves each point a little. Before you believe a bend in the line, compare it
#   with that.
# - **One learning rate for all sizes.** Large networks usually want a smaller one. A log without tuning makes them look
#   worse than they are.
#
# What remains is a way of working: write down size, data, compute and loss of every run, predict the next run
# from the log, and then look how wrong you were.
#
# ## Things to try
#
# Download this lab as a [Python file](lab.py) or as a [notebook](../../assets/built/labs/beyond.ipynb),
# or copy the cells. Change one thing at a time, and say what you expect before you run it.
#
# 1. **The full log.** Set `IS_FULL = True`. Does the exponent change? Which of the limits above explains it?
# 2. **Twice the steps.** Double `NUM_STEPS`. Do the small networks or the large ones gain more?
# 3. **A longer context.** Set `CONTEXT = 16`. The number of parameters grows. Do the points lie on the same line?
# 4. **Another seed.** How large is its effect beside that of doubling the width?
#
# ## Sources
#
# - Y. Bengio, R. Ducharme, P. Vincent, C. Jauvin (2003). A neural probabilistic language model. *Journal of
#   Machine Learning Research* 3, 1137–1155.
# - J. Hoffmann et al. (2022). Training compute-optimal large language models. *Advances in Neural Information
#   Processing Systems* 35.
# - J. Kaplan et al. (2020). Scaling laws for neural language models. arXiv:2001.08361.
