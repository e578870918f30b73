"""One row for each true class, one column for each predicted class."""

import torch

labels = [0, 0, 1, 1, 2]
predictions = [0, 0, 1, 2, 2]

table = torch.zeros(3, 3, dtype=torch.int64)
for label, prediction in zip(labels, predictions, strict=True):
    table[label, prediction] += 1
print(table)
