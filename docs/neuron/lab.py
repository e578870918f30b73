# ---
# jupyter:
#   chapter: neuron
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Lab: one neuron classifies a digit
#
# On [the page before this lab](../../neuron/) a few weights were set by hand, and four numbers were
# fitted to ten days. Here one neuron receives an image of 64 pixels, so it has 64 weights, and no person
# could choose them by hand. You let the neuron **learn** them from examples, with Rosenblatt's rule
# (1958–62), which does not need slopes. Then you look at the weights that it learned.
#
# *40 minutes. Needs: the neuron. Everything runs in seconds, without the internet or a graphics card.*

# %%
import math
from functools import partial

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from IPython.display import display

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways

digits = load_digits()
print("to learn from:  ", tuple(digits.train.images.shape))
print("to be tested on:", tuple(digits.test.images.shape))


def show(figure, description):
    """Show a figure, with a description for readers who cannot see it."""
    display(figure, metadata={"image/png": {"alt": description}})
    plt.close(figure)


# %% [markdown]
# Each image has 1 channel (gray), 8 rows and 8 columns; a pixel is a whole number from 0 (paper) to 16
# (ink). The test images are put aside: the neuron never learns from them.
#
# The first task uses only the zeros and the ones. A neuron takes its inputs as one row of numbers, so
# `flatten` puts the 8 rows of an image end to end. The **target**, the answer that you want, is +1 for a
# one and −1 for a zero.


# %%
def ones_and_zeros(split):
    """Return the 0s and 1s as rows of 64 numbers from 0 to 1, with targets -1 and +1."""
    is_chosen = split.labels <= 1
    images = split.images[is_chosen]
    inputs = images.flatten(start_dim=1).float() / digits.max_value  # (N, 64)
    labels = split.labels[is_chosen].float()
    targets = labels * 2 - 1  # (N,): 0 becomes -1, and 1 stays 1
    return inputs, targets


inputs, targets = ones_and_zeros(digits.train)
test_inputs, test_targets = ones_and_zeros(digits.test)
print(len(inputs), "images to learn from,", len(test_inputs), "to be tested on")

figure, axes = plt.subplots(2, 6, figsize=(7, 2.6))
for row, target in enumerate((-1, 1)):
    examples = inputs[targets == target]
    for column in range(6):
        cell = axes[row, column]
        cell.imshow(examples[column].view(8, 8).numpy(), cmap="gray_r")
        cell.axis("off")
show(figure, "Six handwritten zeros above six handwritten ones, each 8 by 8 pixels")

# %% [markdown]
# The upper row shows zeros, the lower row ones. Thirteen people wrote all the images, those to learn from
# and those for the test. The test therefore shows how well the neuron does on handwriting that it has
# learned from; on the handwriting of a stranger you should expect more errors.
#
# ## The perceptron rule
#
# All 64 weights and the bias start at zero. You show the neuron one image after another, and after each
# you compare its output with the target.
#
# - If the output is correct, nothing changes.
# - If the neuron is wrong on a one, the weighted sum was too low. **Add the image to the weights**, so
#   that pixels with ink add more to the sum, and add 1 to the bias.
# - If it is wrong on a zero, the weighted sum was too high. **Subtract the image from the weights**, and
#   1 from the bias.
#
# This is the complete rule. You repeat it until a pass through all images brings no mistake.
#
# The output of this neuron is a step: it depends only on the sign of the sum. The slope of a step is 0 on
# both sides of its jump, so the nudging of [the page before](../../neuron/#fit) would never change a
# weight. The perceptron rule does not use slopes.
#
# In the code, `weights @ x` multiplies each weight with its pixel and adds up the products. Because the
# target is +1 or −1, one line serves both kinds of mistake: adding `target * x` adds or subtracts the
# image.


# %%
def train_perceptron(inputs, targets, seed, max_passes=100):
    """Return weights (64,), bias and the number of mistakes in each pass."""
    generator = torch.Generator().manual_seed(seed)
    weights = torch.zeros(inputs.shape[1])
    bias = torch.zeros(())
    mistakes = []
    for _ in range(max_passes):
        num_mistakes = 0
        order = torch.randperm(len(inputs), generator=generator)  # shuffled
        for index in order.tolist():
            x = inputs[index]
            target = targets[index]
            weighted_sum = weights @ x + bias
            if weighted_sum * target <= 0:  # another sign than the target, or 0
                weights += target * x
                bias += target
                num_mistakes += 1
        mistakes.append(num_mistakes)
        if num_mistakes == 0:
            break
    return weights, bias, mistakes


def accuracy(weights, bias, inputs, targets):
    """Return the share of images whose weighted sum has the sign of their target."""
    weighted_sums = inputs @ weights + bias
    is_correct = weighted_sums * targets > 0
    return is_correct.float().mean().item()


for seed in range(5):
    weights, bias, mistakes = train_perceptron(inputs, targets, seed)
    test_accuracy = accuracy(weights, bias, test_inputs, test_targets)
    print(f"order {seed}: mistakes {mistakes}, test {test_accuracy:.0%} correct")
    assert mistakes[-1] == 0
    assert test_accuracy > 0.95

# %% [markdown]
# The same images in five orders gave five neurons; the lists count the mistakes in each pass. Every
# neuron makes a few mistakes in its first passes and none in its last. Rosenblatt published the perceptron
# in 1958 and studied this rule in his book of 1962. Novikoff proved in 1962 that the rule always comes to
# an end *if* some weights without mistakes exist. The zero at the end of each list is therefore also a
# fact about the data: with 64 inputs, a flat cut takes the place of the decision line, and such a cut
# separates these zeros from these ones.
#
# ## Look inside
#
# There is one weight for each pixel, so you can look at the weights as an image.

# %%
weights, bias, _ = train_perceptron(inputs, targets, seed=0)
weight_image = weights.view(8, 8)
limit = weights.abs().max()

figure, axes = plt.subplots(figsize=(4, 3.2))
drawn = axes.imshow(weight_image.numpy(), cmap="RdBu_r", vmin=-limit, vmax=limit)
axes.axis("off")
figure.colorbar(drawn, label="weight")
show(figure, "The 64 weights as an image: red upright stroke, blue beside it")

middle = weight_image[2:6, 3:5].sum()
sides = weight_image[2:6, [2, 5]].sum()
print(f"sum of weights: middle columns {middle:+.1f}, columns beside them {sides:+.1f}")
assert middle > 0 > sides

# %% [markdown]
# Ink on a red pixel raises the sum, towards "one"; ink on a blue pixel lowers it, towards "zero". A one
# has ink in the middle, where a zero has its hole, so these weights are red. A zero has ink to the left
# and right of its hole, and these weights are blue. The rule never mentions the hole of a zero: it was
# learned from the examples.
#
# In 1959 and 1962 Hubel and Wiesel found cells in the cat's visual cortex that respond to a bright bar in
# one place and at one angle, and are silenced by light beside it. The weights of your neuron have the
# same layout, excitation flanked by inhibition. They called the patch that a cell responds to its
# **receptive field**, a term that is also used for networks.
#
# ## A large weight is not an important input
#
# Some pixels do not have ink in any of these images. The next cell gives their weights an absurd value.

# %%
never_inked = inputs.amax(dim=0) == 0  # (64,): is the largest value 0?
tampered = weights.clone()
tampered[never_inked] = 1000.0
is_same = torch.equal(inputs @ tampered, inputs @ weights)
print(f"{never_inked.sum()} pixels are always blank")
print("with weights of 1000 there, the weighted sums stay the same:", is_same)
assert never_inked.any()
assert is_same

# %% [markdown]
# The sums do not change, because 1000 times 0 is 0. What an input contributes is the weight *times the
# input*, so a list of weights alone does not tell you which inputs are important. If a later image had a
# stain on one of these pixels, on the other hand, the large weight would decide everything.
#
# ## Ten neurons, ten digits
#
# Now all ten digits: one neuron for each, side by side, with the same 64 pixels as inputs. `nn.Linear(64,
# 10)` is exactly that. The neuron with the largest weighted sum determines the answer. To train ten
# neurons against each other, you use a **loss**, a number that says how wrong the ten sums are. Here it is
# `cross_entropy`, which the page on the [loss](../../loss/) explains. PyTorch computes the slope of the
# loss for each weight; [backpropagation](../../backprop/) explains how.
# Four lines in the inner loop do the work, and they are the same for every network of this course:
#
# 1. compute the loss;
# 2. `zero_grad` deletes the slopes of the step before;
# 3. `backward` computes the slopes;
# 4. `step` moves each weight a little against its slope.


# %%
def rows(images):
    """Return images (N, 1, 8, 8) as rows (N, 64) of numbers from 0 to 1."""
    return images.flatten(start_dim=1).float() / digits.max_value


def train_ten_neurons(seed, epochs=20, batch_size=64, learning_rate=1.0):
    """Return a trained nn.Linear(64, 10)."""
    torch.manual_seed(seed)
    neurons = torch.nn.Linear(64, 10)
    optimizer = torch.optim.SGD(neurons.parameters(), lr=learning_rate)
    x = rows(digits.train.images)
    labels = digits.train.labels
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for batch in order.split(batch_size):
            sums = neurons(x[batch])
            loss = F.cross_entropy(sums, labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return neurons


trained = [train_ten_neurons(seed) for seed in range(5)]

figure, axes = plt.subplots(2, 5, figsize=(7, 3))
for digit, cell in enumerate(axes.flat):
    weight_image = trained[0].weight[digit].detach().view(8, 8).numpy()
    limit = abs(weight_image).max()
    cell.imshow(weight_image, cmap="RdBu_r", vmin=-limit, vmax=limit)
    cell.set_title(digit)
    cell.axis("off")
show(figure, "Ten images of 64 weights, one for each digit; the 0 has a blue hole")

for neurons in trained:
    hole = neurons.weight[0].view(8, 8)[3:5, 3:5]
    assert hole.sum() < 0  # ink in the hole: not a 0

# %% [markdown]
# These are ten images of weights, one for each digit, and the hole of the 0 is there again. The others
# are harder to interpret: each neuron learned what separates *its* digit from the nine others, and that
# is not the same as the shape of the digit.
#
# ## Our digit reader so far
#
# An accuracy means little without something to compare it with. The next cell therefore adds two
# classifiers that do not learn weights: one always answers with the most common digit, and one compares
# an image with the average image of each digit and answers with the nearest. There is also a harder
# test: the same test images moved by one pixel up, down, left and right. Zeros fill the gap, and what
# leaves the image is lost.

# %%
test_labels = digits.test.labels
num_images = len(test_labels)
moved = move_four_ways(digits.test.images)  # (4, 359, 1, 8, 8)

most_common = digits.train.labels.bincount().argmax()
train_rows = rows(digits.train.images)
means = []
for digit in range(10):
    rows_of_digit = train_rows[digits.train.labels == digit]
    means.append(rows_of_digit.mean(dim=0))
means = torch.stack(means)  # (10, 64)


def always_most_common(images):
    """Return the same digit for each image."""
    return most_common.expand(len(images))


def nearest_mean(images):
    """Return for each image the digit whose average image is nearest."""
    distances = torch.cdist(rows(images), means)  # (N, 10)
    return distances.argmin(dim=1)


def ten_neurons(images, neurons=trained[0]):
    """Return for each image the digit whose neuron has the largest sum."""
    sums = neurons(rows(images))  # (N, 10)
    return sums.argmax(dim=1)


def share_correct(classify, images):
    """Return the share of test images that are classified correctly."""
    is_correct = classify(images) == test_labels
    return is_correct.float().mean().item()


def share_correct_moved(classify):
    """Return the same for the test images moved, on the average of the four ways."""
    shares = [share_correct(classify, images) for images in moved]
    return sum(shares) / 4


def standard_error(share):
    """Return by how much a share varies from one set of test images to another."""
    return math.sqrt(share * (1 - share) / num_images)


print("classifier            as written      moved by one pixel")
for classify in (always_most_common, nearest_mean, ten_neurons):
    as_written = share_correct(classify, digits.test.images)
    after_move = share_correct_moved(classify)
    name = classify.__name__
    written_error = standard_error(as_written)
    moved_error = standard_error(after_move)
    row = f"{name:<19}{as_written:8.1%} ± {written_error:.1%}"
    print(f"{row}{after_move:13.1%} ± {moved_error:.1%}")

mean_as_written = share_correct(nearest_mean, digits.test.images)
for neurons in trained:  # each is clearly better, and much worse after the move
    classify = partial(ten_neurons, neurons=neurons)
    margin = share_correct(classify, digits.test.images) - mean_as_written
    assert margin > 0.04
    assert share_correct_moved(classify) < 0.5

# %% [markdown]
# Ten neurons classify almost all test images correctly. If you move the images by one pixel, which you
# would hardly notice, most answers are wrong. The weights depend on *where* the ink is. A neuron also
# cannot use that two pixels are neighbors: if pixels and weights are put in another order together, its
# sum stays the same. A [convolutional network](../../why/#structure) does use neighbors. The table on
# [the home page](../../#scoreboard) compares the classifiers of all chapters.
#
# ## Things to try
#
# Download this lab as a [Python file](lab.py) or as a [notebook](../../assets/built/labs/neuron.ipynb),
# or copy the cells. Change one thing at a time, and say what you expect before you run it.
#
# 1. **A harder pair.** Replace 0 and 1 by 1 and 8, or by 3 and 8. Does the perceptron still end without
#    mistakes, and after how many passes?
# 2. **No bias.** Leave out the line `bias += target`. Does it hurt? The AND of [the page](../../neuron/)
#    needs a bias, and here there are 64 weights.
# 3. **Few examples.** Train on the first 10 zeros and ones alone, and see how low the test accuracy falls
#    over five seeds.
# 4. **Shuffled pixels.** Put `[:, torch.randperm(64, generator=torch.Generator().manual_seed(0))]` behind
#    the result of `rows`. The weights now look like noise. Compare the accuracy with that of the table.
# 5. **Wrong labels.** Flip one target in twenty before the perceptron learns, and see whether it ends.
#
# ## Sources
#
# - F. Rosenblatt (1958). The perceptron: a probabilistic model for information storage and organization
#   in the brain. *Psychological Review* 65(6), 386–408.
# - F. Rosenblatt (1962). *Principles of Neurodynamics: Perceptrons and the Theory of Brain Mechanisms*.
#   Spartan Books.
# - A. B. J. Novikoff (1962). On convergence proofs on perceptrons. In *Proceedings of the Symposium on
#   the Mathematical Theory of Automata* 12, 615–622. Polytechnic Institute of Brooklyn.
# - D. H. Hubel, T. N. Wiesel (1959). Receptive fields of single neurones in the cat's striate cortex.
#   *The Journal of Physiology* 148(3), 574–591.
# - D. H. Hubel, T. N. Wiesel (1962). Receptive fields, binocular interaction and functional architecture
#   in the cat's visual cortex. *The Journal of Physiology* 160(1), 106–154.
# - E. Alpaydin, C. Kaynak (1998). Optical Recognition of Handwritten Digits. UCI Machine Learning
#   Repository. (The images.)
