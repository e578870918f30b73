"""From noise to digits with the best denoiser that there can be."""

from itertools import pairwise

import torch

from dlcourse.data.digits import load_digits
from dlcourse.tasks.noising import make_schedule

clean = load_digits().train.images.flatten(1).double()  # (1295, 64)
clean = clean / 8 - 1  # from -1 to 1
share = make_schedule()  # share[0] is 1, share[1000] is 0.00004


def best_guess(x, s):
    """Return the mean of all images, weighted by how likely each one is."""
    distances = torch.cdist(x, s.sqrt() * clean)  # (samples, 1295)
    scores = -(distances**2) / (2 * (1 - s))
    return scores.softmax(dim=1) @ clean


def sample(way, seed=0, num_steps=100, num_samples=100):
    """Return images (samples, 64) that began as noise."""
    random = torch.Generator().manual_seed(seed)
    x = torch.randn(num_samples, 64, generator=random).double()
    steps = torch.linspace(1000, 0, num_steps + 1).round().long()
    for step, next_step in pairwise(steps):  # 1000 and 990, 990 and 980, ...
        s = share[step]
        next_s = share[next_step]
        guess = best_guess(x, s)
        noise = (x - s.sqrt() * guess) / (1 - s).sqrt()  # the predicted noise

        drawn = (1 - s / next_s) * (1 - next_s) / (1 - s)  # a variance
        kept = 1 - next_s - drawn  # with it, the three variances add up to 1
        if way == "all predicted":
            kept = 1 - next_s
        x = next_s.sqrt() * guess + kept.sqrt() * noise
        if way == "a part fresh":
            fresh = torch.randn(num_samples, 64, generator=random).double()
            x = x + drawn.sqrt() * fresh
    return x


print("noise           copies  different images")
for way in ("a part fresh", "that part left out", "all predicted"):
    distances = torch.cdist(sample(way), clean)
    nearest = distances.min(dim=1)
    copies = (nearest.values < 0.001).sum()
    num_different = len(nearest.indices.unique())
    print(f"{way:18}{copies:4}{num_different:18}")
