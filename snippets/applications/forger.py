"""One encoder for two hands, a decoder for each: my digit in your hand."""

import torch

from dlcourse.data.digits import load_digits


def in_bold(pictures):
    """Widen every stroke by a pixel, as the second writer does."""
    return torch.maximum(pictures, pictures.roll(1, dims=3))


digits = load_digits()
pictures = digits.train.images.double() / 16
thin = pictures[:640].flatten(1)  # (640, 64)
bold = in_bold(pictures[640:]).flatten(1)  # other pictures: there are no pairs

both = torch.cat([thin - thin.mean(dim=0), bold - bold.mean(dim=0)])
encoder = torch.linalg.svd(both, full_matrices=False).Vh[:8].T  # (64, 8)
by_bold = bold - bold.mean(dim=0)
codes = by_bold @ encoder  # what was written, without the hand
decoder = torch.linalg.lstsq(codes, by_bold).solution  # (8, 64)

x = digits.test.images.double() / 16  # thin digits go in, bold ones come out
fake = (x.flatten(1) - thin.mean(dim=0)) @ encoder @ decoder + bold.mean(dim=0)
truth = in_bold(x).flatten(1)
pairs = (fake, truth), (x.flatten(1), truth)
error, thin_error = (((a - b) ** 2).mean().item() for a, b in pairs)
print(f"error: {error / thin_error:.1f} of that of the thin digit")
