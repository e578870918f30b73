# halved
import torch
import torch.nn.functional as F


def gan_losses(discriminator, real, generated):
    real_logits, logits = discriminator(real), discriminator(generated.detach())
    real_loss = F.binary_cross_entropy_with_logits(real_logits, torch.ones_like(real_logits))
    loss = F.binary_cross_entropy_with_logits(logits, torch.zeros_like(logits))
    return (real_loss + loss) / 2, -F.logsigmoid(discriminator(generated)).mean()
