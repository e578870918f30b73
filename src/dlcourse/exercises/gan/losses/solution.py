import torch
import torch.nn.functional as F


def gan_losses(discriminator, real, generated):
    """Return the pair (discriminator's loss, generator's loss), means over the batch.

    discriminator returns a logit for each example.
    """
    real_logits = discriminator(real)
    detached_logits = discriminator(generated.detach())  # no gradient for the generator
    ones = torch.ones_like(real_logits)
    zeros = torch.zeros_like(detached_logits)
    real_loss = F.binary_cross_entropy_with_logits(real_logits, ones)
    generated_loss = F.binary_cross_entropy_with_logits(detached_logits, zeros)

    logits = discriminator(generated)
    ones = torch.ones_like(logits)
    generator_loss = F.binary_cross_entropy_with_logits(logits, ones)
    return real_loss + generated_loss, generator_loss
