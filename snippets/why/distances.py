"""The more columns, the more alike all distances between random points."""

import matplotlib.pyplot as plt
import numpy as np
import torch

points_random = torch.Generator().manual_seed(0)
bins = np.linspace(0, 2.2, 56)
figure, axes = plt.subplots(figsize=(3.7, 2.9))
for num_columns, style in ((2, "-"), (10, "--"), (100, "-."), (1000, ":")):
    points = torch.rand(300, num_columns, generator=points_random).double()
    distances = torch.nn.functional.pdist(points)
    counts, _ = np.histogram(distances / distances.mean(), bins)
    heights = counts / counts.max()
    axes.plot(bins[:-1] + 0.02, heights, style, label=f"{num_columns}")
axes.set(xlabel="distance / mean distance", ylabel="how often (most: 1)")
axes.legend(title="columns", fontsize=9)
plt.show()
