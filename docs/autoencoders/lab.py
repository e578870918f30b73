# ---
# jupyter:
#   chapter: autoencoders
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Lab: find the images that do not belong
#
# A machine that sorts letters reads digits all day, and now and then something else lies under its
# camera. Nobody has collected images of everything that can go wrong. On [the page before this
# lab](../../autoencoders/) an autoencoder learned to reconstruct digits, and here you use what it cannot
# reconstruct: an image with a large error is an **anomaly**. You also compare the autoencoder with two
# methods that need no network.
#
# *40 minutes. Needs: autoencoders. As it stands, the lab takes a few seconds of CPU time. With
# `is_full = True` it leaves out each digit in turn, with three seeds, in about a quarter of a minute.*

# %%
import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from IPython.display import display

from dlcourse.data.digits import load_digits
from dlcourse.models.autoencoder import Autoencoder

is_full = False  # True: all digits and three seeds, a quarter of a minute

digits = load_digits()
train_x = digits.train.images.flatten(1).float() / 16  # (1295, 64), from 0 to 1
test_x = digits.test.images.flatten(1).float() / 16  # (359, 64)


def show(figure, description):
    """Show a figure, with a description for readers who cannot see it."""
    display(figure, metadata={"image/png": {"alt": description}})
    plt.close(figure)


# %% [markdown]
# ## Train on what is usual
#
# The autoencoder sees usual images only. Its code has 8 numbers. The **score** of an image is its
# squared error per pixel: the larger it is, the less the image belongs.


# %%
def train_autoencoder(x, code_features=8, seed=0):
    """Return an autoencoder of the images x (count, 64)."""
    torch.manual_seed(seed)
    network = Autoencoder(64, hidden_features=64, code_features=code_features)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(40):
        for batch in torch.randperm(len(x)).split(256):
            loss = F.mse_loss(network(x[batch]), x[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def find_scores(network, images):
    """Return the squared error per pixel of each image (count,)."""
    with torch.no_grad():
        errors = (network(images) - images).square()
    return errors.mean(dim=1)


network = train_autoencoder(train_x)
print(f"mean score of test digits: {find_scores(network, test_x).mean():.3f}")

# %% [markdown]
# ## Three kinds of images that do not belong
#
# All three have exactly the pixels of real digits, in other places: turned by a right angle, mirrored,
# and shuffled. So no method can tell them apart by counting ink.

# %%
squares = test_x.view(-1, 8, 8)
generator = torch.Generator().manual_seed(0)
order = torch.randperm(64, generator=generator)
kinds = {
    "digits": test_x,
    "turned": squares.transpose(1, 2).flip(1).flatten(1),
    "mirrored": squares.flip(2).flatten(1),
    "shuffled": test_x[:, order],
}

figure, panels = plt.subplots(4, 8, figsize=(6, 3.2))
for line, (name, images) in zip(panels, kinds.items(), strict=True):
    for panel, pixels in zip(line, images, strict=False):
        panel.imshow(pixels.view(8, 8).numpy(), cmap="gray", vmin=0, vmax=1)
        panel.set_xticks([])
        panel.set_yticks([])
    line[0].set_ylabel(name, rotation=0, ha="right", va="center")
show(figure, "Eight digits, and the same digits turned, mirrored and shuffled")

# %% [markdown]
# A threshold decides which scores are reported. You do not have to choose it in order to judge the
# method: take one usual and one unusual image, and ask whether the unusual one has the larger score. The
# share of such pairs is called the **area under the curve** (AUC). One half is guessing. If it is all
# pairs, there is a threshold that makes no mistake.


# %%
def find_auc(usual, unusual):
    """Return the share of pairs in which the unusual image has the larger score."""
    is_larger = unusual[:, None] > usual[None, :]  # (unusual, usual): all pairs
    return is_larger.float().mean().item()


usual_scores = find_scores(network, test_x)
aucs = {}
for name, images in kinds.items():
    scores = find_scores(network, images)
    aucs[name] = find_auc(usual_scores, scores)
    print(f"{name:10} mean score {scores.mean():.3f}, AUC {aucs[name]:.0%}")
assert aucs["shuffled"] > 0.95
assert aucs["turned"] > aucs["mirrored"]

# %% [markdown]
# Shuffled pixels and turned digits are found almost always. A mirrored digit is harder to find, because
# a mirrored 0, 1 or 8 *is* a digit. What counts as unusual depends on what is usual, and no score
# changes that.
#
# ## A digit that was never seen
#
# Now leave one digit out of the training images, and look for it among the test images. The comparison
# has four methods:
#
# - an autoencoder with a code of 8 numbers;
# - an autoencoder with a code of 64 numbers, as many as there are pixels;
# - principal components, 8 of them;
# - the distance to the nearest training image.


# %%
def find_pca_scores(x, images, code_features=8):
    """Return the squared error per pixel with the principal components of x."""
    mean = x.mean(dim=0)
    directions = torch.linalg.svd(x - mean, full_matrices=False).Vh[:code_features]
    centered = images - mean
    codes = centered @ directions.T
    return (codes @ directions - centered).square().mean(dim=1)


def find_distances(x, images):
    """Return the distance of each image to the nearest one of x."""
    distances, _ = torch.cdist(images, x).min(dim=1)
    return distances


def compare(left_out, seed):
    """Return the AUC of each method for a digit that was left out."""
    x = train_x[digits.train.labels != left_out]
    narrow = train_autoencoder(x, 8, seed)
    wide = train_autoencoder(x, 64, seed)
    scores = {
        "autoencoder, 8 numbers": find_scores(narrow, test_x),
        "autoencoder, 64 numbers": find_scores(wide, test_x),
        "principal components": find_pca_scores(x, test_x),
        "nearest training image": find_distances(x, test_x),
    }
    is_unusual = digits.test.labels == left_out
    return {
        method: find_auc(values[~is_unusual], values[is_unusual])
        for method, values in scores.items()
    }


left_out_digits = range(10) if is_full else (0, 1, 4)
seeds = range(3) if is_full else (0,)
means = {}
table = {}
for left_out in left_out_digits:
    runs = [compare(left_out, seed) for seed in seeds]
    for method in runs[0]:
        mean = sum(run[method] for run in runs) / len(runs)
        table.setdefault(method, []).append(mean)

print("digit left out         " + "".join(f"{digit:6}" for digit in left_out_digits), "  mean")
for method, values in table.items():
    means[method] = sum(values) / len(values)
    cells = "".join(f"{value:6.0%}" for value in values)
    print(f"{method:23}{cells}{means[method]:7.0%}")
assert means["nearest training image"] > means["autoencoder, 64 numbers"]

# %% [markdown]
# The narrow autoencoder finds the unseen digit more often than the wide one, which copies what it was
# not trained on as well. It is also ahead of principal components, which draw a flat surface through the
# images. But the simplest method is the best here: an unseen digit is far from every training image.
#
# The nearest image has a price. It needs all training images in memory and compares each new image with
# all of them, while the autoencoder needs its weights alone. For large photographs distances between
# pixels also become [less useful](../../why/#dimensionality), because a small shift changes most pixels.
#
# Two rules follow. Always compare an autoencoder for anomalies with the nearest neighbor, and try it on
# anomalies that you have, even if they are few: nothing in its training says which errors matter.
#
# ## Things to try
#
# Download this lab as a [Python file](lab.py) or as a
# [notebook](../../assets/built/labs/autoencoders.ipynb), or copy the cells. Change
# one thing at a time, and say what you expect before you run it.
#
# 1. **The whole comparison.** Set `is_full = True`. Which digit is hardest to find, and which digit does
#    it resemble?
# 2. **The size of the code.** Try shorter and longer codes. Is the best size for the anomalies also the
#    one with the smallest error?
# 3. **A few anomalies among the training images.** Leave one in a hundred images of
#    the left-out digit in the training images. How much of the AUC is lost?
# 4. **Noise.** Train with noise in the input, as on [the page](../../autoencoders/#denoise), with the
#    code of 64 numbers. Does it then find more?
#
# ## Sources
#
# - E. Alpaydin, C. Kaynak (1998). Optical Recognition of Handwritten Digits. UCI Machine Learning
#   Repository. (The images.)
# - N. Japkowicz, C. Myers, M. Gluck (1995). A novelty detection approach to classification.
#   *International Joint Conference on Artificial Intelligence*, 518–523.
