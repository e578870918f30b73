"""How many steps of one length halve the distance to the lowest point?"""

import torch

length, trials = 0.05, {}
print("numbers   trial steps   gradient steps")
for n in (2, 10, 100, 1000):
    start = torch.full((n,), n**-0.5, dtype=torch.float64)  # at distance 1
    counts = []
    for seed in range(5):
        torch.manual_seed(seed)
        w, num_trials = start, 0
        while w.norm() > 0.5:
            direction = torch.randn_like(w)
            trial = w + length * direction / direction.norm()
            num_trials += 1
            if trial @ trial < w @ w:  # the loss is the sum of squares
                w = trial  # lower: go there; else stay
        counts.append(num_trials)

    w, num_steps = start, 0
    while w.norm() > 0.5 + 1e-9:
        gradient = 2 * w
        w = w - length * gradient / gradient.norm()
        num_steps += 1
    trials[n] = min(counts)
    print(f"{n:7}{min(counts):8} to {max(counts):<4}{num_steps:11}")
