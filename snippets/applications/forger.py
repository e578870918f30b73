"""One encoder for two handwritings: my digit in your handwriting."""

import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move


def in_bold(images):
    """Widen every stroke by a pixel, as the second writer does."""
    return torch.maximum(images, move(images, right=1))


digits = load_digits()
images = digits.train.images.double() / 16
thin = images[:640].flatten(1)  # (640, 64)
bold = in_bold(images[640:]).flatten(1)  # other images: there are no pairs
thin_mean = thin.mean(dim=0)
bold_mean = bold.mean(dim=0)

# The encoder: the eight directions in which images of both hands differ most.
both = torch.cat([thin - thin_mean, bold - bold_mean])
directions = torch.linalg.svd(both, full_matrices=False).Vh
encoder = directions[:8].T  # (64, 8)

# The decoder of the bold hand: from eight numbers to a bold image.
codes = (bold - bold_mean) @ encoder  # what was written, in any handwriting
decoder = torch.linalg.lstsq(codes, bold - bold_mean).solution  # (8, 64)

x = digits.test.images.double() / 16  # thin digits go in, bold ones come out
codes = (x.flatten(1) - thin_mean) @ encoder
fake = codes @ decoder + bold_mean
truth = in_bold(x).flatten(1)

error = torch.nn.functional.mse_loss(fake, truth).item()
thin_error = torch.nn.functional.mse_loss(x.flatten(1), truth).item()
print(f"error: {error / thin_error:.1f} of that of the thin digit")
