"""How many steps of one length halve the distance to the lowest point?"""

import torch

length, trials = 0.05, {}
print("numbers   trial steps   gradient steps")
for n in (2, 10, 100, 1000):
    start = torch.full((n,), n**-0.5, dtype=torch.float64)  # at distance 1
    torch.manual_seed(0)
    w, counts = start.repeat(5, 1), torch.zeros(5).int()  # five walkers
    loss = w.square().sum(dim=1)  # (5,), the distance squared
    while (is_far := loss > 0.25).any():
        direction = torch.randn(w.shape).double()
        trial = w + length * direction / direction.norm(dim=1, keepdim=True)
        is_better = is_far & (trial.square().sum(dim=1) < loss)
        w[is_better] = trial[is_better]  # lower: go there; else stay
        loss = w.square().sum(dim=1)
        counts += is_far

    w, num_steps = start, 0
    while w.norm() > 0.5 + 1e-9:
        gradient = 2 * w
        w = w - length * gradient / gradient.norm()
        num_steps += 1
    trials[n], most = counts.min().item(), counts.max().item()
    print(f"{n:7}{trials[n]:8} to {most:<4}{num_steps:11}")
