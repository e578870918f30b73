"""Ten examples in batches of four: the last batch is smaller."""

import torch
from torch.utils.data import DataLoader, TensorDataset

examples = TensorDataset(torch.arange(10.0))
loader = DataLoader(examples, batch_size=4)
for (batch,) in loader:  # a batch is a list, here of one tensor
    print(len(batch), batch)
