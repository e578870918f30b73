import torch
import torch.nn.functional as F


def gan_losses(discriminator, real, generated):
    """Return the pair (discriminator's loss, generator's loss), means over the batch.

    discriminator returns a logit for each example.
    """
    # TODO: compute the logits twice for the generated examples, once without their record
    raise NotImplementedError
