"""Answer as the most similar known digit."""

import torch

from dlcourse.data.digits import load_digits

known, new = load_digits().train, load_digits().test
pixels = [split.images.flatten(1).float() for split in (new, known)]
answers = known.labels[torch.cdist(*pixels).argmin(dim=1)]
share_right = (answers == new.labels).float().mean().item()
print(f"right for more than 95 %: {share_right > 0.95}")
