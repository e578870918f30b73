"""How far is the nearest point, compared with the farthest?"""

import torch

from dlcourse.data.digits import load_digits


def nearest_to_farthest(points):
    """Return nearest / farthest distance, the mean over all points."""
    distances = torch.cdist(points, points)  # (points, points)
    farthest = distances.max(dim=1).values  # (points,)
    distances.fill_diagonal_(torch.inf)  # no point is its own neighbor
    nearest = distances.min(dim=1).values
    return (nearest / farthest).mean().item()


random = torch.Generator().manual_seed(0)
ratios = {}
for num_columns in (2, 10, 100, 1000):
    points = torch.rand(1000, num_columns, generator=random)
    ratios[num_columns] = nearest_to_farthest(points.double())
    print(f"{num_columns:5} random columns {ratios[num_columns]:5.0%}")

images = load_digits().train.images[:1000]
pixels = images.flatten(1).double()  # (1000, 64)
digits = nearest_to_farthest(pixels)
print(f"   64 pixels         {digits:5.0%}")

# Shuffle each column by itself: each pixel then comes from another image.
columns = []
for column in pixels.T:
    order = torch.randperm(1000, generator=random)
    columns.append(column[order])
shuffled = nearest_to_farthest(torch.stack(columns, dim=1))
print(f"   64 pixels, mixed  {shuffled:5.0%}")
