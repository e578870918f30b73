"""The half-life ruler: how long a forget gate with bias b remembers."""

import math

print("bias  gate  half-life    left after 10      20        40 steps")
half_lives = {}
for bias in (0, 1, 2, 3, 5):
    gate = 1 / (1 + math.exp(-bias))  # the sigmoid
    half_life = math.log(0.5) / math.log(gate)  # gate ** half_life is 0.5
    half_lives[bias] = half_life
    row = f"{bias:4} {gate:.3f} {half_life:6.1f} steps"
    for num_steps in (10, 20, 40):
        row += f"{gate**num_steps:12.2g}"
    print(row)
