"""The bytes of 1,000 parameters, their gradients and Adam's moments."""

import torch

parameter = torch.zeros(1000, requires_grad=True)
optimizer = torch.optim.Adam([parameter])
parameter.sum().backward()
optimizer.step()

answer = parameter.nbytes + parameter.grad.nbytes
for name in ("exp_avg", "exp_avg_sq"):  # the two moments
    answer += optimizer.state[parameter][name].nbytes
print(answer)
