"""Nine neurons learn XOR: one or the other, but not both."""

import torch
from torch import nn

torch.manual_seed(0)
inputs = torch.tensor(
    [
        [0.0, 0.0],
        [0.0, 1.0],
        [1.0, 0.0],
        [1.0, 1.0],
    ]
)
targets = torch.tensor(
    [
        [0.0],
        [1.0],
        [1.0],
        [0.0],
    ]
)

network = nn.Sequential(
    nn.Linear(2, 8),  # eight neurons look at the two inputs
    nn.Tanh(),
    nn.Linear(8, 1),  # the ninth looks at the eight
)
optimizer = torch.optim.Adam(network.parameters(), lr=0.05)

for _ in range(300):
    loss = nn.functional.mse_loss(network(inputs), targets)  # 1
    optimizer.zero_grad()  # 2
    loss.backward()  # 3
    optimizer.step()  # 4

outputs = network(inputs)
answers = (outputs > 0.5).float()  # 1 where the output is above one half
for pair, answer in zip(inputs, answers, strict=True):
    x1, x2 = pair
    print(f"{x1:.0f} xor {x2:.0f} = {answer.item():.0f}")

num_correct = int((answers == targets).sum())
print(f"{num_correct}/4 correct")
