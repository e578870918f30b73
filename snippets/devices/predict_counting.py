"""Count to 300 in bfloat16."""

import torch

number = torch.tensor(0.0, dtype=torch.bfloat16)
for _ in range(300):
    number = number + 1
answer = number.item()
print(answer)
