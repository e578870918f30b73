"""One encoder for two hands, a decoder for each: write my digit in your hand."""

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
codes = (bold - bold.mean(dim=0)) @ encoder  # what was written, without the hand
decoder = torch.linalg.lstsq(codes, bold - bold.mean(dim=0)).solution  # (8, 64)

x = digits.test.images.double() / 16  # a thin digit goes in, a bold one comes out
fake = (x.flatten(1) - thin.mean(dim=0)) @ encoder @ decoder + bold.mean(dim=0)
truth = in_bold(x).flatten(1)
error, thin_error = (((p - truth) ** 2).mean().item() for p in (fake, x.flatten(1)))
print(f"error of the fake: {error / thin_error:.1f} of that of the thin digit")
