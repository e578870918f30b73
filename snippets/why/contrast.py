"""How far is the nearest point, compared with the farthest?"""

import torch

from dlcourse.data.digits import load_digits


def nearest_to_farthest(points):
    """Return nearest / farthest neighbor, the mean over all points."""
    distances = torch.cdist(points, points)  # (points, points)
    farthest = distances.max(dim=1).values  # (points,)
    nearest = distances.fill_diagonal_(torch.inf).min(dim=1).values
    return (nearest / farthest).mean().item()


random = torch.Generator().manual_seed(0)
ratios = {}
for num_columns in (2, 10, 100, 1000):
    points = torch.rand(1000, num_columns, generator=random)
    ratios[num_columns] = nearest_to_farthest(points.double())
    print(f"{num_columns:5} random columns {ratios[num_columns]:5.0%}")

pixels = load_digits().train.images.flatten(1).double()[:1000]  # (1000, 64)
digits = nearest_to_farthest(pixels)
print(f"   64 pixels         {digits:5.0%}")
# each pixel from another picture
mixed = [column[torch.randperm(1000, generator=random)] for column in pixels.T]
shuffled = nearest_to_farthest(torch.stack(mixed, dim=1))
print(f"   64 pixels, mixed  {shuffled:5.0%}")
