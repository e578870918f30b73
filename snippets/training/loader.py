"""The same mini-batches from a DataLoader and from dlcourse, timed."""

import timeit

import torch

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.data.torchvision_ops import torchvision

train, to_tensor = load_digits().train, torchvision.transforms.ToTensor()


class Digits(torch.utils.data.Dataset):
    """One picture and its label at a time."""

    def __len__(self):
        return len(train)

    def __getitem__(self, index):
        return to_tensor(train.images[index, 0].numpy()), train.labels[index]


ours = Batches(train, 64, max_value=255, device=torch.device("cpu"))
theirs = torch.utils.data.DataLoader(Digits(), 64)
for one, other in zip(theirs, ours, strict=True):
    assert all(map(torch.equal, one, other))
slow = min(timeit.repeat(lambda: list(theirs), number=1))
fast = min(timeit.repeat(lambda: list(ours), number=1))
print(f"{len(ours)} equal batches; over ten times faster: {slow > 10 * fast}")
