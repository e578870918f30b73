"""Our digit reader: two layers, and every slope worked out by hand."""

import math

import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways

digits = load_digits()
x = digits.train.images.flatten(1) / 16  # (1295, 64)
# Row k of eye(10) is 1 at place k and 0 elsewhere: the target of class k.
targets = torch.eye(10)[digits.train.labels]  # (1295, 10)
images = digits.test.images / 16  # (359, 1, 8, 8)
moved_images = move_four_ways(images)  # (4, 359, 1, 8, 8)
num_train = len(x)
num_images = len(images)


def share_correct(images):
    """Return the share of test images that are classified correctly."""
    hidden = torch.tanh(images.flatten(1) @ w1.T + b1)
    predictions = (hidden @ w2.T + b2).argmax(dim=1)
    return (predictions == digits.test.labels).double().mean().item()


p = 0.0
moved_p = 0.0
for seed in range(5):
    torch.manual_seed(seed)
    # About 1 / √inputs: the sums of 64 and of 32 products stay near 1.
    w1 = torch.randn(32, 64) / 8  # (out, in)
    b1 = torch.zeros(32)
    w2 = torch.randn(10, 32) / 6
    b2 = torch.zeros(10)
    for _ in range(300):
        hidden = torch.tanh(x @ w1.T + b1)  # (1295, 32)
        logits = hidden @ w2.T + b2  # (1295, 10)

        # Backward: the slopes of the mean loss
        d_logits = (logits.softmax(dim=1) - targets) / num_train
        d_hidden = d_logits @ w2  # (1295, 32)
        d_sums = d_hidden * (1 - hidden**2)  # through tanh

        # One step of gradient descent, with the learning rate 1
        w2 = w2 - d_logits.T @ hidden
        b2 = b2 - d_logits.sum(dim=0)
        w1 = w1 - d_sums.T @ x
        b1 = b1 - d_sums.sum(dim=0)

    p += share_correct(images) / 5
    for way in moved_images:
        moved_p += share_correct(way) / 20  # 5 seeds, 4 ways

name = "two layers, by hand"
accuracy = 100 * p
moved_accuracy = 100 * moved_p
error = 100 * math.sqrt(p * (1 - p) / num_images)
moved_error = 100 * math.sqrt(moved_p * (1 - moved_p) / num_images)
print(f"{name:<22}{accuracy:6.1f}% ± {error:.1f}", end="")
print(f"{moved_accuracy:7.1f}% ± {moved_error:.1f}")
