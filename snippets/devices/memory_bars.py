"""The memory of a training step: what grows with the batch size."""

from itertools import pairwise

import matplotlib.pyplot as plt

WIDTHS = (784, 1024, 1024, 10)  # of a multilayer perceptron


def count(batch_size):
    """Return MiB of parameters, gradients, moments and activations."""
    parameters = 0
    for in_features, out_features in pairwise(WIDTHS):
        parameters += in_features * out_features + out_features
    activations = batch_size * sum(WIDTHS)
    numbers = (parameters, parameters, 2 * parameters, activations)
    return [4 * one / 2**20 for one in numbers]


batch_sizes = (64, 1024, 4096)
names = ("parameters", "gradients", "Adam's moments", "activations")
plt.figure(figsize=(6, 2.6))
for row, batch_size in enumerate(batch_sizes):
    start = 0
    for number, mebibytes in enumerate(count(batch_size)):
        label = names[number] if row == 0 else None
        plt.barh(row, mebibytes, left=start, color=f"C{number}", label=label)
        start += mebibytes
plt.yticks(range(len(batch_sizes)), batch_sizes)
plt.gca().invert_yaxis()
plt.xlabel("MiB")
plt.ylabel("batch size")
plt.legend(
    loc="lower center",
    bbox_to_anchor=(0.5, 1),
    ncols=4,
    fontsize="small",
)
plt.show()
