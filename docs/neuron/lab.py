# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Lab: one neuron reads a digit
#
# On [the page before this lab](../../neuron/) you set every weight by hand. That works for three weights.
# Here one neuron looks at a picture of 64 pixels, so it has 64 weights, and nobody knows what to set them
# to. You let it **learn** them from examples, with a rule from 1958 that needs no calculus at all. Then
# you open the neuron and look at what it learned.
#
# *40 minutes. Needs: the neuron. Everything runs in a few seconds without network or graphics card.*

# %%
from functools import partial

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from IPython.display import display

from dlcourse.data.digits import load_digits

digits = load_digits()
print("to learn from:  ", tuple(digits.train.images.shape))
print("to be tested on:", tuple(digits.test.images.shape))


def show(figure, description):
    """Show a figure, with a description for readers who cannot see it."""
    display(figure, metadata={"image/png": {"alt": description}})
    plt.close(figure)


# %% [markdown]
# Each picture has 1 channel (gray), 8 rows and 8 columns; a pixel is a whole number from 0 (paper) to 16
# (ink). The test pictures stay in the drawer: the neuron never learns from them.
#
# Take the zeros and ones out of the pile. A neuron wants numbers in a row, so `flatten` lays the 8 rows
# of a picture end to end. The **target**, what you want to hear, is +1 for a one and −1 for a zero.


# %%
def ones_and_zeros(split):
    """Return the 0s and 1s as rows of 64 numbers from 0 to 1, with targets -1 and +1."""
    chosen = split.labels <= 1
    pictures = split.images[chosen].flatten(start_dim=1)  # (N, 64)
    inputs = pictures.float() / digits.max_value
    targets = split.labels[chosen].float() * 2 - 1  # (N,)
    return inputs, targets


inputs, targets = ones_and_zeros(digits.train)
test_inputs, test_targets = ones_and_zeros(digits.test)
print(len(inputs), "pictures to learn from,", len(test_inputs), "to be tested on")

figure, axes = plt.subplots(2, 6, figsize=(7, 2.6))
for row, target in zip(axes, (-1, 1), strict=True):
    for cell, picture in zip(row, inputs[targets == target], strict=False):
        cell.imshow(picture.view(8, 8).numpy(), cmap="gray_r")
        cell.axis("off")
show(figure, "Six handwritten zeros above six handwritten ones, each 8 by 8 pixels")

# %% [markdown]
# The upper row shows zeros, the lower row ones. All the pictures together come from thirteen writers.
#
# ## The perceptron rule
#
# Start with all 64 weights and the bias at zero: the neuron knows nothing. Show it one picture after
# another and say after each whether it was right.
#
# - Right: change nothing.
# - Wrong on a one: the weighted sum was too low. **Add the picture to the weights**, so that pixels with
#   ink speak more loudly for "one", and add 1 to the bias.
# - Wrong on a zero: the weighted sum was too high. **Subtract the picture from the weights**, and 1 from
#   the bias.
#
# That is the whole rule. Repeat it until a pass through all pictures brings no mistake.


# %%
def train_perceptron(inputs, targets, seed, max_passes=100):
    """Return weights (64,), bias and the number of mistakes in each pass."""
    generator = torch.Generator().manual_seed(seed)
    weights, bias, mistakes = torch.zeros(inputs.shape[1]), torch.zeros(()), []
    for _ in range(max_passes):
        mistakes.append(0)
        for index in torch.randperm(len(inputs), generator=generator).tolist():
            x, target = inputs[index], targets[index]
            if (weights @ x + bias) * target <= 0:  # wrong sign, or undecided
                weights += target * x
                bias += target
                mistakes[-1] += 1
        if mistakes[-1] == 0:
            break
    return weights, bias, mistakes


def accuracy(weights, bias, inputs, targets):
    """Return the share of pictures on the right side of the line."""
    return ((inputs @ weights + bias) * targets > 0).float().mean().item()


for seed in range(5):
    weights, bias, mistakes = train_perceptron(inputs, targets, seed)
    test_accuracy = accuracy(weights, bias, test_inputs, test_targets)
    print(f"order {seed}: mistakes {mistakes}, test {test_accuracy:.0%} right")
    assert mistakes[-1] == 0
    assert test_accuracy > 0.95

# %% [markdown]
# Five orders of the same pictures, five neurons; the lists count the mistakes in each pass. Each makes a
# few mistakes in its first passes, and then none. Rosenblatt published this learning machine in 1958;
# Novikoff proved in 1962 that the rule always comes to an end *if* some weights without mistakes exist.
# So the zero at the end of each list is also a fact about the data: a flat cut through a space of 64
# dimensions separates these zeros from these ones.
#
# ## Look inside
#
# There is one weight for each pixel, so the weights are a picture, too.

# %%
weights, bias, _ = train_perceptron(inputs, targets, seed=0)
limit = weights.abs().max()

figure, axes = plt.subplots(figsize=(4, 3.2))
colors = {"cmap": "RdBu_r", "vmin": -limit, "vmax": limit}
picture = axes.imshow(weights.view(8, 8).numpy(), **colors)
axes.axis("off")
figure.colorbar(picture, label="weight")
show(figure, "The 64 weights as a picture: red upright stroke, blue beside it")

middle = weights.view(8, 8)[2:6, 3:5].sum()
sides = weights.view(8, 8)[2:6, [2, 5]].sum()
print(f"sum of weights: middle columns {middle:+.1f}, columns beside them {sides:+.1f}")
assert middle > 0 > sides

# %% [markdown]
# Red pixels vote for "one", blue pixels for "zero". A one has ink in the middle, where a zero has its
# hole: red. A zero has ink to the left and right of its hole: blue. Nobody told the neuron where the hole
# of a zero is.
#
# In 1959 and 1962 Hubel and Wiesel found cells in the cat's visual cortex that answer to a bright bar in
# one place and at one angle, and are silenced by light beside it. Your neuron's picture has the same
# layout, excitation flanked by inhibition. They called the patch that a cell watches its **receptive
# field**; networks have taken over the word.
#
# ## A large weight is not an important input
#
# Some pixels were never inked in any of these pictures. What happens if you give their weights an absurd
# value?

# %%
never_inked = inputs.amax(dim=0) == 0
tampered = weights.clone()
tampered[never_inked] = 1000.0
same = torch.equal(inputs @ tampered, inputs @ weights)
print(f"{never_inked.sum()} pixels are always blank")
print("with weights of 1000 there, the weighted sums stay the same:", same)
assert never_inked.any()
assert same

# %% [markdown]
# Nothing happens at all, because 1000 times 0 is 0. What an input contributes is the weight *times the
# input*. Keep it in mind when somebody reads importance from a list of weights. (And think of what such a
# neuron would do on the day when somebody makes a stain in that corner.)
#
# ## Ten neurons, ten digits
#
# Now all ten digits: one neuron for each, side by side, all looking at the same 64 pixels. `nn.Linear(64,
# 10)` is exactly that. Whichever neuron has the largest weighted sum wins. To train ten neurons against
# each other, you use a **loss**, a number that says how wrong the ten sums are, and let PyTorch compute
# in which direction each weight has to move to make it smaller. How it does that is the topic of
# [backpropagation](../../backprop/); the four lines in the inner loop stay the same in every network of
# this course.


# %%
def rows(images):
    """Return pictures (N, 1, 8, 8) as rows (N, 64) of numbers from 0 to 1."""
    return images.flatten(start_dim=1).float() / digits.max_value


def train_ten_neurons(seed, epochs=20, batch_size=32, learning_rate=0.5):
    """Return a trained nn.Linear(64, 10)."""
    torch.manual_seed(seed)
    neurons = torch.nn.Linear(64, 10)
    optimizer = torch.optim.SGD(neurons.parameters(), lr=learning_rate)
    x, labels = rows(digits.train.images), digits.train.labels
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(batch_size):
            loss = F.cross_entropy(neurons(x[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return neurons


five_readers = [train_ten_neurons(seed) for seed in range(5)]

figure, axes = plt.subplots(2, 5, figsize=(7, 3))
for digit, cell in enumerate(axes.flat):
    picture = five_readers[0].weight[digit].detach().view(8, 8).numpy()
    limit = abs(picture).max()
    cell.imshow(picture, cmap="RdBu_r", vmin=-limit, vmax=limit)
    cell.set_title(digit)
    cell.axis("off")
show(figure, "Ten pictures of 64 weights, one for each digit; the 0 has a blue hole")

for reader in five_readers:
    assert reader.weight[0].view(8, 8)[3:5, 3:5].sum() < 0  # ink in the hole: not a 0

# %% [markdown]
# Ten pictures of weights, one for each digit. Find the hole of the 0 again. The others are harder to
# read: each neuron learned what sets *its* digit apart from the nine others, and that is not the same as
# the digit's shape.
#
# ## Our digit reader so far
#
# How good is that? A figure means little without something to compare it with. So here are two readers
# that do not learn weights: one that always says the commonest digit, and one that compares a picture
# with the average picture of each digit and takes the nearest. And one harder test: the same test
# pictures, moved to the right by a single pixel.

# %%
test_labels = digits.test.labels
moved = torch.zeros_like(digits.test.images)
moved[..., 1:] = digits.test.images[..., :-1]

commonest = digits.train.labels.bincount().argmax()
pictures, labels = rows(digits.train.images), digits.train.labels
means = torch.stack([pictures[labels == digit].mean(dim=0) for digit in range(10)])


def always_commonest(images):
    """Return the same digit for each picture."""
    return commonest.expand(len(images))


def nearest_mean(images):
    """Return for each picture the digit whose average picture is nearest."""
    return torch.cdist(rows(images), means).argmin(dim=1)


def ten_neurons(images, neurons=five_readers[0]):
    """Return for each picture the digit whose neuron has the largest sum."""
    return neurons(rows(images)).argmax(dim=1)


def share_right(read, images):
    """Return the share of test pictures that a reader reads right."""
    return (read(images) == test_labels).float().mean().item()


print("reader             as written  moved by one pixel")
for read in (always_commonest, nearest_mean, ten_neurons):
    as_written = share_right(read, digits.test.images)
    after_move = share_right(read, moved)
    print(f"{read.__name__:16}   {as_written:10.0%}  {after_move:10.0%}")

mean_as_written = share_right(nearest_mean, digits.test.images)
for neurons in five_readers:  # each is clearly ahead, and lost after the move
    read = partial(ten_neurons, neurons=neurons)
    margin = share_right(read, digits.test.images) - mean_as_written
    assert margin > 0.04
    assert share_right(read, moved) < 0.6

# %% [markdown]
# Ten neurons read nearly all test pictures. Move the pictures by one pixel, which you would hardly
# notice, and most answers are wrong. The neurons learned *where* ink is, not what a digit looks like. And
# no neuron has an idea that two pixels are neighbors: its sum is the same in whatever order you add.
# Networks that know about neighborhood come later in the course, and this table grows with them.
#
# ## Things to try
#
# Download this lab as a [Python file](lab.py) or as a [notebook](../../assets/built/labs/neuron.ipynb),
# or copy the cells. Change one thing at a time, and say what you expect before you run.
#
# 1. **A harder pair.** Replace 0 and 1 by 1 and 8, or by 3 and 8. Does the perceptron still end without
#    mistakes, and after how many passes? Which pixels decide?
# 2. **No bias.** Leave out the line `bias += target`. Does it hurt? Why might 64 weights get along
#    without it here, where the AND of [the page](../../neuron/) cannot?
# 3. **Few examples.** Train on the first 10 zeros and ones alone. How low does the test accuracy fall
#    over five seeds?
# 4. **Shuffled pixels.** Put `[:, torch.randperm(64, generator=torch.Generator().manual_seed(0))]` behind
#    the result of `rows`. The weights now look like noise. What happens to the accuracy, and why?
# 5. **A wrong teacher.** Flip one target in twenty before the perceptron learns. Does it ever stop?
#
# ## Sources
#
# - F. Rosenblatt (1958). The perceptron: a probabilistic model for information storage and organization
#   in the brain. *Psychological Review* 65(6), 386–408.
# - A. B. J. Novikoff (1962). On convergence proofs on perceptrons. In *Proceedings of the Symposium on
#   the Mathematical Theory of Automata* 12, 615–622. Polytechnic Institute of Brooklyn.
# - D. H. Hubel, T. N. Wiesel (1959). Receptive fields of single neurones in the cat's striate cortex.
#   *The Journal of Physiology* 148(3), 574–591.
# - D. H. Hubel, T. N. Wiesel (1962). Receptive fields, binocular interaction and functional architecture
#   in the cat's visual cortex. *The Journal of Physiology* 160(1), 106–154.
# - E. Alpaydin, C. Kaynak (1998). Optical Recognition of Handwritten Digits. UCI Machine Learning
#   Repository. (The pictures.)
