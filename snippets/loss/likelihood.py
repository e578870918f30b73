"""The smallest loss is the largest likelihood, for numbers and for classes."""

import torch

guesses = torch.arange(1, 1000) / 100  # 0.01, 0.02, ... 9.99
times = torch.tensor([4.1, 5.3, 4.6, 6.0])  # four measurements of one number
errors = guesses[:, None] - times  # (guesses, measurements)
squares = errors.square()
squared_error = squares.mean(dim=1)
bells = torch.exp(-squares / 2)  # height of a bell curve at each error
likelihood = bells.prod(dim=1)
number = guesses[likelihood.argmax()]
assert number == guesses[squared_error.argmin()]

shares = torch.arange(1, 100) / 100  # guesses for the probability of a one
is_one = torch.tensor([1, 0, 1, 1])  # three ones and a seven
p = torch.where(is_one == 1, shares[:, None], 1 - shares[:, None])
cross_entropy = -p.log().mean(dim=1)
likelihood = p.prod(dim=1)  # of all four images together
share = shares[likelihood.argmax()]
assert share == shares[cross_entropy.argmin()]

print(f"number: {number:.2f}, the mean is {times.mean():.2f}")
print(f"probability of a one: {share:.2f}, the share is {3 / 4:.2f}")
