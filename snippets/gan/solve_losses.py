"""The two losses of a GAN, from the logits of one batch."""

import math

import torch
import torch.nn.functional as F


def gan_losses(real_logits, generated_logits):
    """Return the discriminator's loss and the generator's, in nats."""
    ones = torch.ones_like(real_logits)
    real_loss = F.binary_cross_entropy_with_logits(real_logits, ones)

    zeros = torch.zeros(generated_logits.shape)
    generated_loss = F.binary_cross_entropy_with_logits(generated_logits, zeros)

    ones = torch.ones_like(generated_logits)
    generator_loss = F.binary_cross_entropy_with_logits(generated_logits, ones)
    return real_loss + generated_loss, generator_loss


undecided = torch.zeros(4, 1)
discriminator_loss, generator_loss = gan_losses(undecided, undecided)
assert math.isclose(discriminator_loss, 2 * math.log(2), rel_tol=1e-6)
assert math.isclose(generator_loss, math.log(2), rel_tol=1e-6)

sure = torch.full((4, 1), 10.0)  # the discriminator is right everywhere
discriminator_loss, generator_loss = gan_losses(sure, -sure)
assert discriminator_loss < 0.001
assert generator_loss > 9
