"""How much an accuracy depends on which images happen to be in the test set."""

import math

import torch

torch.manual_seed(0)
num_images = 359  # as many as the digits have in the test set
p = 0.96  # the share of all possible digits that a network gets right

error = math.sqrt(p * (1 - p) / num_images)
print(f"standard error, by the formula: {100 * error:.1f} points")

# 10,000 test sets: each image is classified correctly with probability p.
is_correct = torch.rand(10_000, num_images) < p
accuracies = is_correct.double().mean(dim=1)  # (10000,)
print(f"spread of 10,000 test sets:     {100 * accuracies.std():.1f} points")

distance = (accuracies - p).abs()
for number in (1, 2):
    share = (distance < number * error).double().mean()
    print(f"within {number} standard error(s): {share:.0%} of the test sets")
