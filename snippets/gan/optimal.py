"""The best discriminator for two known distributions over four values."""

import torch
import torch.nn.functional as F


def fit_discriminator(p, q):
    """Return the probabilities of "real" that minimize the loss."""
    logits = torch.zeros(4, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([logits], lr=0.1)
    for _ in range(500):
        # logsigmoid of -logit is log(1 - D). A value counts as often
        # as it occurs among the real examples and the generated ones.
        log_real = F.logsigmoid(logits)
        log_generated = F.logsigmoid(-logits)
        loss = -(p * log_real).sum() - (q * log_generated).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return logits.sigmoid().detach(), loss.item()


p = torch.tensor([0.1, 0.2, 0.3, 0.4]).double()  # of the real data
q = torch.tensor([0.4, 0.2, 0.2, 0.2]).double()  # of the generated data
fitted, loss = fit_discriminator(p, q)
best = p / (p + q)
print("fitted   ", *[f"{one:.3f}" for one in fitted])
print("p / (p+q)", *[f"{one:.3f}" for one in best])
print(f"loss {loss:.3f}")
assert torch.allclose(fitted, best, atol=1e-3)

equal, equal_loss = fit_discriminator(p, p)
print("if q is p", *[f"{one:.3f}" for one in equal])
print(f"loss {equal_loss:.3f}")
