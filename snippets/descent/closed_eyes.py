"""Two ways down one hill: how many steps halve the distance to its foot?"""

import torch

start = torch.tensor([0.6, 0.8])  # two numbers, at distance 1 from (0, 0)
length = 0.05  # of every step


def height(w):
    """Return the height at w: the square of the distance to (0, 0)."""
    return (w**2).sum()


# Closed eyes: step in a random direction, and step back unless it led lower.
torch.manual_seed(0)
w = start
num_trials = 0
while height(w) > 0.25:  # 0.5², so more than half the distance is left
    direction = torch.randn(2)
    direction = direction / direction.norm()  # norm(): its length
    trial = w + length * direction
    num_trials += 1
    if height(trial) < height(w):
        w = trial

# Along the slope: the gradient of this height is 2w, and we step against it.
w = start
num_steps = 0
while height(w) > 0.25 + 1e-6:  # 1e-6: float32 rounds
    gradient = 2 * w
    direction = gradient / gradient.norm()
    w = w - length * direction
    num_steps += 1

print(f"closed eyes:     {num_trials} trial steps")
print(f"along the slope: {num_steps} steps")
