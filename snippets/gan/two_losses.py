"""Two losses for the generator, and their slopes at a generated image."""

import torch
import torch.nn.functional as F

print("    D    slope of log(1 - D)   slope of -log D")
slopes = []
for number in (-8.0, -4.0, 0.0, 4.0):
    logit = torch.tensor(number, requires_grad=True)
    real = torch.tensor(1.0)
    generated = torch.tensor(0.0)

    # log(1 - D): minus the loss by which the discriminator learns
    loss = -F.binary_cross_entropy_with_logits(logit, generated)
    (slope,) = torch.autograd.grad(loss, logit)

    # -log D: the loss of a real image
    other_loss = F.binary_cross_entropy_with_logits(logit, real)
    (other_slope,) = torch.autograd.grad(other_loss, logit)

    slopes.append((slope.item(), other_slope.item()))
    print(f"{logit.sigmoid():.4f}{slope:18.4f}{other_slope:18.4f}")
