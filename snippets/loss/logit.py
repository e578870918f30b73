"""Squared error and cross-entropy of a sigmoid whose correct answer is 1."""

import matplotlib.pyplot as plt
import torch

z = torch.linspace(-8, 4, 241).double().requires_grad_()
p = z.sigmoid()
losses = {
    "cross-entropy": -p.log(),
    "squared error": (p - 1) ** 2,
}

_, panels = plt.subplots(2, figsize=(3.6, 4.6), sharex=True)
for name, loss in losses.items():
    # One slope for each z. retain_graph: p is needed for the second loss
    (slope,) = torch.autograd.grad(loss.sum(), z, retain_graph=True)
    panels[0].plot(z.detach(), loss.detach(), label=name)
    panels[1].plot(z.detach(), slope)
panels[0].set_title("loss")
panels[0].legend()
panels[1].set_title("slope")
panels[1].set_xlabel("logit z")
plt.show()
