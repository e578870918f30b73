"""The slopes of a layer's weights: two examples, and one matrix product."""

import torch

hidden = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])  # (2, 3)
d_logits = torch.tensor([[0.5, -0.5], [-0.1, 0.1]])  # (2, 2)

# outer(a, b) multiplies each number of a with each number of b.
first = torch.outer(d_logits[0], hidden[0])  # (2, 3), as W
second = torch.outer(d_logits[1], hidden[1])  # (2, 3)
product = d_logits.T @ hidden  # (2, 2) @ (2, 3) is (2, 3)

print("first example:", first, sep="\n")
print("second example:", second, sep="\n")
print("their sum:", first + second, sep="\n")
print("d_logits.T @ hidden:", product, sep="\n")
assert torch.allclose(first + second, product)
