"""Halve the distance by random trial steps, with more and more numbers."""

import torch

length = 0.05
sizes = [2, 10, 100, 1000]
fewest = {}
most = {}
print("numbers   trial steps of five walkers")
for n in sizes:
    torch.manual_seed(0)
    counts = []
    for _ in range(5):
        w = torch.ones(n, dtype=torch.float64) / n**0.5  # at distance 1
        distance = w.norm()
        num_trials = 0
        while distance > 0.5:
            direction = torch.randn(n, dtype=torch.float64)
            direction = direction / direction.norm()
            trial = w + length * direction
            trial_distance = trial.norm()
            num_trials += 1
            if trial_distance < distance:
                w = trial
                distance = trial_distance
        counts.append(num_trials)

    fewest[n] = min(counts)
    most[n] = max(counts)
    print(f"{n:7}{fewest[n]:8} to {most[n]}")
