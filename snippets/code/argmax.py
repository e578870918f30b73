"""From scores to predicted classes, and from these to the accuracy."""

import torch

logits = torch.tensor(
    [
        [0.1, 2.0, 0.3],
        [1.5, 0.2, 0.4],
        [0.0, 0.9, 0.8],
    ]
)
labels = torch.tensor([1, 0, 2])  # the correct class of each example

predictions = logits.argmax(dim=1)  # (3,)
is_correct = predictions == labels  # (3,)
accuracy = is_correct.double().mean()  # True counts as 1, False as 0

print(predictions)
print(is_correct)
print(accuracy)
