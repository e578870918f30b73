"""Join tensors along an axis they have, or along a new one."""

import torch

first = torch.tensor([1, 2, 3])
second = torch.tensor([4, 5, 6])

results = {
    "cat": torch.cat([first, second]),
    "stack": torch.stack([first, second]),
    "stack, dim=1": torch.stack([first, second], dim=1),
    "unsqueeze(0)": first.unsqueeze(0),
    "unsqueeze(1)": first.unsqueeze(1),
}
for name, result in results.items():
    shape = str(tuple(result.shape))
    print(f"{name:<14}{shape:<8}{result.tolist()}")
