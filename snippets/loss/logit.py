"""Squared error and cross-entropy of a sigmoid whose right answer is 1."""

import matplotlib.pyplot as plt
import torch

z = torch.linspace(-8, 4, 241).double().requires_grad_()
p = z.sigmoid()

_, panels = plt.subplots(2, figsize=(3.6, 4.6), sharex=True)
losses = {"cross-entropy": -p.log(), "squared error": (p - 1) ** 2}
for name, loss in losses.items():
    (slope,) = torch.autograd.grad(loss.sum(), z, retain_graph=True)
    panels[0].plot(z.detach(), loss.detach(), label=name)
    panels[1].plot(z.detach(), slope)
panels[0].set(title="loss")
panels[1].set(title="slope", xlabel="logit z")
panels[0].legend()
plt.show()
