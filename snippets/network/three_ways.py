"""All four cases at once: by hand, with dlcourse.scratch, with PyTorch."""

import torch

from dlcourse.scratch.neuron import MLP

cases = [[0, 0], [0, 1], [1, 0], [1, 1]]

# 1. By hand, one case after another
by_hand = []
for x1, x2 in cases:
    h1 = max(0, x1 + x2)
    h2 = max(0, x1 + x2 - 1)
    by_hand.append(h1 - 2 * h2)

# 2. With dlcourse.scratch: two inputs, two hidden units, one output unit.
# The nine numbers, unit by unit: its two weights, then its bias.
network = MLP(2, [2, 1])
numbers = [1, 1, 0, 1, 1, -1, 1, -2, 0]
for parameter, number in zip(network.parameters(), numbers, strict=True):
    parameter.data = number
by_scratch = [network(case).data for case in cases]

# 3. With PyTorch, all cases in one line for each layer
X = torch.tensor(cases).float()  # (4, 2): a row for each case
W = torch.ones(2, 2)  # (2, 2): a row of weights for each hidden unit, all 1
b = torch.tensor([0.0, -1.0])  # (2,): a bias for each hidden unit
V = torch.tensor([[1.0, -2.0]])  # (1, 2): one row, for the output unit
c = torch.zeros(1)  # (1,): its bias
H = torch.relu(X @ W.T + b)  # (4, 2): a row for each case
Y = H @ V.T + c  # (4, 1)

print("  x1   x2 |  h1   h2 |   y")
table = torch.cat([X, H, Y], dim=1)  # (4, 5): side by side
for x1, x2, h1, h2, y in table.tolist():
    print(f"{x1:4.0f} {x2:4.0f} |{h1:4.0f} {h2:4.0f} |{y:4.0f}")
by_pytorch = Y.flatten().tolist()
assert by_hand == by_scratch == by_pytorch
