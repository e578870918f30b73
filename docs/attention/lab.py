# ---
# jupyter:
#   chapter: attention
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Lab: a GPT in pure Python
#
# On [the page before this lab](../../attention/) attention was a product of matrices. Here you build a
# complete GPT from single numbers, with the `Value` of `dlcourse.scratch`, which the page on
# [backpropagation](../../backprop/) explains. It trains on one short text. Then you copy its weights into
# the GPT of the package and see that PyTorch computes the same numbers, only faster.
#
# *40 minutes. Needs: attention. Everything runs in seconds, without the internet or a graphics card.*

# %%
import math
import random
import time

import torch
import torch.nn.functional as F

from dlcourse.models.gpt import GPT
from dlcourse.scratch.value import Value

text = "one two three one two three one two three "
vocabulary = sorted(set(text))
num_steps = 8  # more steps take longer, and learn the text in pure Python
context = 8  # places that the network reads
features = 8  # numbers for each place
num_heads = 2

print(len(vocabulary), "different characters:", vocabulary)

# %% [markdown]
# ## The weights
#
# A GPT with one block has two embeddings, four linear layers and three norms. Each table or row of weights has a name, and the
# names here are those that PyTorch will use later. A table is a list of rows; each row computes one
# output. The initial weights are random and small, biases are 0, and layer normalization multiplies by 1
# at first.

# %%
rng = random.Random(0)


def random_table(num_rows, num_columns, size=0.2):
    """Return rows of random Values."""
    table = []
    for _ in range(num_rows):
        row = [Value(rng.gauss(0, size)) for _ in range(num_columns)]
        table.append(row)
    return table


def constant_row(length, number):
    """Return a row of Values that are all equal."""
    return [Value(number) for _ in range(length)]


n = features
weights = {
    "character_embedding.weight": random_table(len(vocabulary), n),
    "position_embedding.weight": random_table(context, n),
    "blocks.0.attention_norm.weight": constant_row(n, 1),
    "blocks.0.attention_norm.bias": constant_row(n, 0),
    "blocks.0.attention.queries_keys_values.weight": random_table(3 * n, n),
    "blocks.0.attention.queries_keys_values.bias": constant_row(3 * n, 0),
    "blocks.0.attention.output.weight": random_table(n, n),
    "blocks.0.attention.output.bias": constant_row(n, 0),
    "blocks.0.network_norm.weight": constant_row(n, 1),
    "blocks.0.network_norm.bias": constant_row(n, 0),
    "blocks.0.network.hidden.weight": random_table(4 * n, n),
    "blocks.0.network.hidden.bias": constant_row(4 * n, 0),
    "blocks.0.network.output.weight": random_table(n, 4 * n),
    "blocks.0.network.output.bias": constant_row(n, 0),
    "norm.weight": constant_row(n, 1),
    "norm.bias": constant_row(n, 0),
}

# %% [markdown]
# ## Four small functions
#
# Everything in a GPT is made of these: a weighted sum, softmax, layer normalization and an activation.
# `Value` has no GELU, so the lab adds it: a new operation is a `Value` with its result, its name, and its
# input with the slope. GELU multiplies its input by the share of the normal distribution below it.


# %%
def linear(x, name):
    """Return one weighted sum for each row of the table, plus its bias."""
    outputs = []
    for row, bias in zip(weights[f"{name}.weight"], weights[f"{name}.bias"], strict=True):
        products = [weight * number for weight, number in zip(row, x, strict=True)]
        outputs.append(sum(products, bias))
    return outputs


def softmax(scores):
    """Return positive numbers that add up to 1."""
    largest = max(score.data for score in scores)  # exp of a large number would overflow
    exponentials = [(score - largest).exp() for score in scores]
    total = sum(exponentials)
    return [each / total for each in exponentials]


def layer_norm(x, name):
    """Bring the numbers of one place to mean 0 and variance 1, then to a learned size."""
    mean = sum(x) / len(x)
    variance = sum((number - mean) ** 2 for number in x) / len(x)
    divisor = (variance + 1e-5) ** 0.5
    normal = [(number - mean) / divisor for number in x]
    gamma = weights[f"{name}.weight"]
    beta = weights[f"{name}.bias"]
    return [g * number + b for g, number, b in zip(gamma, normal, beta, strict=True)]


def gelu(x):
    """Return x times the share of the normal distribution below x."""
    share = (1 + math.erf(x.data / math.sqrt(2))) / 2
    density = math.exp(-(x.data**2) / 2) / math.sqrt(2 * math.pi)
    return Value(x.data * share, "gelu", (x, share + x.data * density))


def add(x, y):
    """Return the sums of two rows."""
    return [a + b for a, b in zip(x, y, strict=True)]


# %% [markdown]
# ## Attention, place by place
#
# Each place computes a query, a key and a value, and each head has its share of their numbers. The loop
# over `place` only looks at places up to its own: that is the causal mask. What it does not read needs no
# mask.


# %%
def attend(rows):
    """Let each place read from itself and from the places before it."""
    name = "blocks.0.attention"
    queries = []
    keys = []
    values = []
    for x in rows:
        projected = linear(x, f"{name}.queries_keys_values")
        queries.append(projected[:n])
        keys.append(projected[n : 2 * n])
        values.append(projected[2 * n :])
    head_features = n // num_heads
    outputs = []
    for place, query in enumerate(queries):
        read = []
        for head in range(num_heads):
            part = slice(head * head_features, (head + 1) * head_features)
            scores = []
            for key in keys[: place + 1]:
                products = [q * k for q, k in zip(query[part], key[part], strict=True)]
                scores.append(sum(products) / math.sqrt(head_features))
            attention_row = softmax(scores)
            for feature in range(part.start, part.stop):
                number = Value(0)
                for other, weight in enumerate(attention_row):
                    number = number + weight * values[other][feature]
                read.append(number)
        outputs.append(linear(read, f"{name}.output"))
    return outputs


# %% [markdown]
# ## The whole network
#
# Embeddings, one block with its two residual connections, a last normalization, and a logit for each
# character: the dot product with its row of the embedding.


# %%
def gpt(ids):
    """Return a row of logits for each place."""
    rows = []
    for place, character in enumerate(ids):
        embedded = weights["character_embedding.weight"][character]
        rows.append(add(embedded, weights["position_embedding.weight"][place]))
    read = attend([layer_norm(x, "blocks.0.attention_norm") for x in rows])
    rows = [add(x, y) for x, y in zip(rows, read, strict=True)]
    logits = []
    for x in rows:
        hidden = linear(layer_norm(x, "blocks.0.network_norm"), "blocks.0.network.hidden")
        activated = [gelu(number) for number in hidden]
        x = add(x, linear(activated, "blocks.0.network.output"))
        x = layer_norm(x, "norm")
        row = []
        for embedded in weights["character_embedding.weight"]:
            row.append(sum(a * b for a, b in zip(x, embedded, strict=True)))
        logits.append(row)
    return logits


def mean_loss(ids):
    """Return the mean cross-entropy of each next character."""
    losses = []
    for logits, target in zip(gpt(ids[:-1]), ids[1:], strict=True):
        losses.append(-softmax(logits)[target].log())
    return sum(losses) / len(losses)


ids = [vocabulary.index(character) for character in text]
first_window = ids[: context + 1]
initial_loss = mean_loss(first_window).data
print(f"loss before training   {initial_loss:.2f}")
print(f"guessing: ln({len(vocabulary)})        {math.log(len(vocabulary)):.2f}")

# %% [markdown]
# The network is no better than guessing. Before you train it, keep a copy of the weights: PyTorch will
# start from the same ones.
#
# ## The same network in PyTorch
#
# The package's `GPT` has the same names, so `load_state_dict` takes our numbers as they are. Both compute
# with 64 bits.


# %%
def numbers_in(name):
    """Return the numbers of a table or row as a tensor."""
    rows = weights[name]
    if isinstance(rows[0], Value):
        return torch.tensor([value.data for value in rows], dtype=torch.float64)
    table = [[value.data for value in row] for row in rows]
    return torch.tensor(table, dtype=torch.float64)


network = GPT(len(vocabulary), context, features, num_layers=1, num_heads=num_heads).double()
network.load_state_dict({name: numbers_in(name) for name in weights})

inputs = torch.tensor([first_window[:-1]])
with torch.no_grad():
    theirs = network(inputs)[0]
ours = torch.tensor(
    [[value.data for value in row] for row in gpt(first_window[:-1])], dtype=torch.float64
)
difference = (ours - theirs).abs().max().item()
print(f"logits of shape {tuple(theirs.shape)}")
print("largest difference below 1e-12:", difference < 1e-12)
assert difference < 1e-12

# %% [markdown]
# ## Train both
#
# Each step takes one window of the text, computes the loss, and moves every weight against its slope. The
# pure Python version sets each gradient to 0 and lets `backward` add up the new ones. PyTorch does the
# same in the four lines that you know. Both use the same windows and the same learning rate.

# %%
parameters = []
for rows in weights.values():
    for row in rows:
        parameters.extend([row] if isinstance(row, Value) else row)
print(len(parameters), "parameters")

starts = [rng.randrange(len(ids) - context) for _ in range(num_steps)]
learning_rate = 0.1

begin = time.process_time()
our_losses = []
for start in starts:
    loss = mean_loss(ids[start : start + context + 1])
    for parameter in parameters:
        parameter.grad = 0.0
    loss.backward()
    for parameter in parameters:
        parameter.data -= learning_rate * parameter.grad
    our_losses.append(loss.data)
our_seconds = time.process_time() - begin

optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)  # the first one imports much
begin = time.process_time()
their_losses = []
for start in starts:
    window = torch.tensor(ids[start : start + context + 1])
    logits = network(window[None, :-1])[0]
    loss = F.cross_entropy(logits, window[1:])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    their_losses.append(loss.item())
their_seconds = time.process_time() - begin

largest = max(abs(a - b) for a, b in zip(our_losses, their_losses, strict=True))
print("equal losses at each step:", largest < 1e-9)
print("the loss has fallen:", our_losses[-1] < initial_loss)
assert largest < 1e-9
assert our_losses[-1] < initial_loss
assert their_seconds < our_seconds

# %% [markdown]
# The two runs have equal losses up to rounding, step by step. PyTorch needs far less time, and the
# difference grows with the size of the network: it computes whole tables in one call, while our version
# makes a `Value` for every product.
#
# ## Let it write
#
# PyTorch is fast enough for more steps, on all windows at once and now with Adam. After them the network
# continues a text: it takes the most likely character, adds it, and reads the last eight again.

# %%
windows = []
for start in range(len(ids) - context):
    windows.append(ids[start : start + context + 1])
windows = torch.tensor(windows)  # (windows, context + 1)

optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(200):
    logits = network(windows[:, :-1])  # (windows, context, characters)
    loss = F.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

written = [vocabulary.index(character) for character in "one two "]
with torch.no_grad():
    for _ in range(20):
        logits = network(torch.tensor([written[-context:]]))[0, -1]
        written.append(logits.argmax().item())
result = "".join(vocabulary[one] for one in written)
print(result)
assert result == text[: len(result)]

# %% [markdown]
# ## Things to try
#
# Download this lab as a [Python file](lab.py) or as a [notebook](../../assets/built/labs/attention.ipynb),
# or copy the cells. Change one thing at a time, and say what you expect before you run it.
#
# 1. **No positions.** Leave out the position embedding in `gpt` and in PyTorch's network. What does it
#    write now?
# 2. **No mask.** In `attend`, let each place read from all places. How fast does the loss fall, and why
#    does that not help to write?
# 3. **One head, four heads.** Does the number of parameters change?
# 4. **Another text.** Give it a line of a song. How long a memory does it need?
#
# ## Sources
#
# - A. Vaswani et al. (2017). Attention is all you need. *Advances in Neural Information Processing Systems*
#   30.
# - A. Radford, J. Wu, R. Child, D. Luan, D. Amodei, I. Sutskever (2019). Language models are unsupervised
#   multitask learners. OpenAI.
