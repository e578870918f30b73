# ---
# jupyter:
#   chapter: training
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Lab: digits from end to end
#
# On [the page before this lab](../../training/) you read a complete program. Here you go the whole way
# with one data set: from two raw files to a network that is trained, tested, saved and used for a drawing
# of your own.
#
# *40 minutes. Needs: training. What you see on this page was computed in a few seconds of CPU time, in the
# reduced mode. In full, with `IS_FULL = True` in the first cell, the lab takes about a quarter of a minute: it compares
# more settings, with three seeds each.*

# %%
import gzip
import math
import os
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from IPython.display import display
from PIL import Image, ImageDraw

from dlcourse.data import digits as digits_module
from dlcourse.data.batches import Batches, Split, hold_out
from dlcourse.data.framing import DIGITS_FRAMING
from dlcourse.data.images import prepare_drawing
from dlcourse.data.moves import move_four_ways
from dlcourse.models.mlp import MLP
from dlcourse.training.checkpoint import load_weights, save_weights
from dlcourse.training.loop import evaluate, train_epoch

IS_FULL = os.environ.get("DLCOURSE_FULL_LAB") == "1"
NUM_EPOCHS = 20 if IS_FULL else 8
NUM_SEEDS = 3 if IS_FULL else 1
LEARNING_RATES = (0.001, 0.003, 0.01) if IS_FULL else (0.001, 0.01)
cpu = torch.device("cpu")


def show(figure, description):
    """Show a figure, with a description for readers who cannot see it."""
    display(figure, metadata={"image/png": {"alt": description}})
    plt.close(figure)


# %% [markdown]
# ## 1. From files to tensors
#
# The package has the digits in two compressed files. Each begins with a header: four bytes that name the
# format, then the length of each axis as four bytes, the most significant byte first (`"big"`). The images
# have three axes and so a header of 16 bytes, the labels one axis and 8 bytes. After the header there is one
# byte for each number.

# %%
folder = Path(digits_module.__file__).parent
content = gzip.decompress((folder / "digits-images-idx3-ubyte.gz").read_bytes())
labels_content = gzip.decompress((folder / "digits-labels-idx1-ubyte.gz").read_bytes())

shape = [int.from_bytes(content[start : start + 4], "big") for start in (4, 8, 12)]
pixels = np.frombuffer(content, dtype=np.uint8, offset=16).reshape(shape).copy()
numbers = np.frombuffer(labels_content, dtype=np.uint8, offset=8).copy()

images = torch.as_tensor(pixels).unsqueeze(1)  # (count, 1, height, width): one channel
labels = torch.as_tensor(numbers).long()
print("images", tuple(images.shape), "labels", tuple(labels.shape))
print("pixels from", images.min().item(), "to", images.max().item())
assert len(images) == len(labels)

# %% [markdown]
# ## 2. Look at the data
#
# Before anything is trained, look at some images with their labels, count the classes, and look for
# images that occur twice. A copy in the test images would be an example that the network has already seen.

# %%
figure, panels = plt.subplots(2, 10, figsize=(7, 1.9))
for panel, image, label in zip(panels.flat, images, labels, strict=False):
    panel.imshow(image[0].numpy(), cmap="gray_r", vmin=0, vmax=16)
    panel.set_title(label.item(), size=9)
    panel.axis("off")
show(figure, "The first twenty digits, each below its label")

print("images of each digit:", labels.bincount().tolist())
num_different = len(images.flatten(1).unique(dim=0))
print("copies:", len(images) - num_different)

# %% [markdown]
# ## 3. Split once
#
# A fifth of each class is for the test, and a tenth of the rest for validation. The validation images
# choose settings. The test images are used once, at the end. A `Split` is a pair of
# images and labels, and `hold_out` divides it in two, with the same share of each class.
# These files do not say who wrote which digit, so [the same hands](../../generalization/#writers) are in all three parts.

# %%
everything = Split(images, labels)
rest, test = hold_out(everything, share=0.2, seed=1)
train, validation = hold_out(rest, share=0.1, seed=2)
print(len(train), "for training,", len(validation), "for validation,", len(test), "for the test")

# %% [markdown]
# ## 4. Two baselines
#
# A result is good or bad only in comparison. The first baseline always answers with the most frequent digit.
# The second compares an image with the mean image of each digit: `torch.cdist` returns the distance of each
# image to each of the ten, and the nearest one is the answer.


# %%
def accuracy_of(predicted, split):
    """Return the share of correct predictions."""
    return (predicted == split.labels).float().mean().item()


most_frequent = train.labels.bincount().argmax()
guesses = most_frequent.expand(len(validation))

mean_images = []
for digit in range(10):
    of_digit = train.images[train.labels == digit].float()
    mean_images.append(of_digit.mean(dim=0).flatten())
mean_images = torch.stack(mean_images)  # (10, 64)
distances = torch.cdist(validation.images.flatten(1).float(), mean_images)
nearest = distances.argmin(dim=1)

baselines = {
    "most frequent digit": accuracy_of(guesses, validation),
    "nearest mean image": accuracy_of(nearest, validation),
}
for name, accuracy in baselines.items():
    print(f"{name:20} {accuracy:.0%} in validation")

# %% [markdown]
# ## 5. Train, and choose by validation
#
# Each learning rate trains a new network, or three in full, from different seeds. The network whose validation
# loss is the lowest after the last epoch is kept. The curves show the loss after each epoch, in training and
# in validation, for the last seed of each learning rate.


# %%
def train_network(learning_rate, seed):
    """Return a trained network and its losses, (training, validation), after each epoch."""
    torch.manual_seed(seed)
    network = MLP(in_features=64, hidden_features=64)
    optimizer = torch.optim.AdamW(network.parameters(), lr=learning_rate)
    order = torch.Generator().manual_seed(seed)
    batches = Batches(train, 64, max_value=16, device=cpu, generator=order)
    held_out = Batches(validation, 256, max_value=16, device=cpu)
    losses = []
    for _ in range(NUM_EPOCHS):
        train_loss = train_epoch(network, batches, optimizer, cpu)
        validation_loss, _ = evaluate(network, held_out, cpu)
        losses.append((train_loss, validation_loss))
    return network, losses


figure, axes = plt.subplots(figsize=(5, 3))
best_loss = math.inf
for number, learning_rate in enumerate(LEARNING_RATES):
    last_losses = []
    for seed in range(NUM_SEEDS):
        network, losses = train_network(learning_rate, seed)
        last_losses.append(losses[-1][1])
        if losses[-1][1] < best_loss:
            best_loss = losses[-1][1]
            best_network = network
            best_rate = learning_rate
    epochs = range(1, NUM_EPOCHS + 1)
    train_losses, validation_losses = zip(*losses, strict=True)
    color = f"C{number}"
    axes.plot(epochs, train_losses, "--", color=color)
    axes.plot(epochs, validation_losses, color=color, label=f"learning rate {learning_rate}")
    mean = sum(last_losses) / NUM_SEEDS
    print(f"learning rate {learning_rate}: validation loss {mean:.2f}")
axes.set_xlabel("epoch")
axes.set_ylabel("loss (dashed: training)")
axes.set_yscale("log")
axes.legend()
show(figure, "Learning curves of each learning rate: training loss dashed, validation loss solid")
print("chosen:", best_rate)

# %% [markdown]
# ## 6. Test once
#
# Now the test images. The [standard error](../../generalization/#standard-error) says how far another test
# set of this size would typically be from this result.

# %%
test_batches = Batches(test, 512, max_value=16, device=cpu)  # all of them in one batch
_, accuracy = evaluate(best_network, test_batches, cpu)
error = math.sqrt(accuracy * (1 - accuracy) / len(test))
print(f"test accuracy {accuracy:.1%} ± {error:.1%}")
assert accuracy > max(baselines.values())

# %% [markdown]
# One number hides which digits are confused. In a **confusion matrix** the row is the label and the column is
# the prediction, so everything off the diagonal is an error. Each pair of label and prediction is one
# number from 0 to 99, and `bincount` counts these; `minlength=` lets it count up to 99 even if the last
# ones do not occur.

# %%
x, y = next(iter(test_batches))
with torch.no_grad():
    probabilities = best_network(x).softmax(dim=1)
predicted = probabilities.argmax(dim=1)
confusion = (10 * y + predicted).bincount(minlength=100).view(10, 10)

figure, axes = plt.subplots(figsize=(3.6, 3.6))
off_diagonal = confusion.clone().fill_diagonal_(0)
axes.imshow(off_diagonal.numpy(), cmap="Reds", vmin=0)
for label in range(10):
    for digit in range(10):
        count = confusion[label, digit].item()
        is_dark = label != digit and count > off_diagonal.max() / 2
        if count:
            color = "white" if is_dark else "black"
            axes.text(digit, label, count, ha="center", va="center", size=8, color=color)
axes.set_xticks(range(10))
axes.set_yticks(range(10))
axes.set_xlabel("prediction")
axes.set_ylabel("label")
show(figure, "Confusion matrix: nearly all test images lie on the diagonal")

# %% [markdown]
# Look at the errors themselves, the most confident first. Some are hard to read for you as well. Others show
# what the network has not learned.

# %%
is_wrong = torch.arange(len(y))[predicted != y]
confidence = probabilities.amax(dim=1)
worst = is_wrong[confidence[is_wrong].argsort(descending=True)][:8]
figure, panels = plt.subplots(1, 8, figsize=(7, 1.3))
for panel in panels:
    panel.axis("off")
for panel, number in zip(panels, worst.tolist(), strict=False):
    panel.imshow(x[number, 0].numpy(), cmap="gray_r", vmin=0, vmax=1)
    panel.set_title(f"{y[number]}, not {predicted[number]}", size=8)
show(figure, "The most confident errors, each with its label and the wrong prediction")
print(len(is_wrong), "errors in", len(test), "images")

# %% [markdown]
# ## 7. Ask what the test does not ask
#
# The test images lie in the same place as the training images. What if a digit is one pixel off?

# %%
moved_accuracies = []
for moved in move_four_ways(x):  # up, down, left and right
    _, moved_accuracy = evaluate(best_network, [(moved, y)], cpu)
    moved_accuracies.append(moved_accuracy)
mean_moved = sum(moved_accuracies) / 4
print(f"moved by one pixel: {mean_moved:.1%}")
assert mean_moved < accuracy

# %% [markdown]
# The accuracy falls far below that of the test. Whether this matters depends on where the network is to be
# used, and only a check of this kind shows it. [Two later chapters](../../#scoreboard) have remedies.
#
# ## 8. Save, load, and use
#
# A file of weights is of use only together with the code of the network. Load it into a new network, and
# compare the outputs.

# %%
with tempfile.TemporaryDirectory() as run_folder:
    path = Path(run_folder) / "digits.safetensors"
    save_weights(path, best_network)
    reader = MLP(in_features=64, hidden_features=64)
    load_weights(path, reader)
reader.eval()
with torch.no_grad():
    is_same = torch.equal(reader(x), best_network(x))
print("same outputs after loading:", is_same)
assert is_same

# %% [markdown]
# An image of your own is larger, perhaps dark on light, and lies anywhere on its page. It has to become like
# the training images: `prepare_drawing` makes it light on black, crops it, scales it and centers it. How
# large the digits are in their square is written in `DIGITS_FRAMING`. The drawing below is made of lines. In its place you can open a file: `Image.open("my-digit.png").convert("L")`.

# %%
drawing = Image.new("L", (200, 200), 255)
pen = ImageDraw.Draw(drawing)
pen.line([(60, 45), (140, 45), (85, 160)], fill=20, width=16, joint="curve")

small = prepare_drawing(drawing, 8, DIGITS_FRAMING)
own = small.view(1, 1, 8, 8).float() / small.max()  # from 0 to 1, as in training
with torch.no_grad():
    own_probabilities = reader(own).softmax(dim=1)[0]
best_three = own_probabilities.argsort(descending=True)[:3].tolist()
print("three best guesses:", best_three)

figure, panels = plt.subplots(1, 2, figsize=(3.4, 1.8))
panels[0].imshow(np.asarray(drawing), cmap="gray", vmin=0, vmax=255)
panels[1].imshow(own[0, 0].numpy(), cmap="gray_r", vmin=0, vmax=1)
panels[0].set_title("drawing", size=9)
panels[1].set_title("as the network sees it", size=9)
for panel in panels:
    panel.axis("off")
show(figure, "A drawn seven with straight lines, and the same at eight by eight pixels")

# %% [markdown]
# Is the first guess correct? One drawing is no test, but it can show what the test images lack: here the lines are
# straight and of even width, and no writer's are.
#
# ## Things to try
#
# Download this lab as a [Python file](lab.py) or as a [notebook](../../assets/built/labs/training.ipynb),
# or copy the cells. Change one thing at a time, and say what you expect before you run it.
#
# 1. **The full comparison.** Set `IS_FULL = True`. Is the chosen learning rate still the same?
# 2. **Few images.** Train on the first hundred images. Which baseline is hard to beat now?
# 3. **Copies.** Put fifty test images into the training images as well. How much better does the test look?
# 4. **Your handwriting.** Photograph ten digits of your own. How many does the network classify correctly?
#
# ## Sources
#
# - E. Alpaydin, C. Kaynak (1998). Optical Recognition of Handwritten Digits. UCI Machine Learning
#   Repository. (The images.)
