"""The same mini-batches from a DataLoader and from dlcourse, timed."""

import timeit

import torch

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.data.torchvision_ops import torchvision

train = load_digits().train
to_tensor = torchvision.transforms.ToTensor()


class Digits(torch.utils.data.Dataset):
    """One image and its label at a time."""

    def __len__(self):
        return len(train)

    def __getitem__(self, index):
        image = train.images[index, 0].numpy()  # (8, 8), bytes
        return to_tensor(image), train.labels[index]


theirs = torch.utils.data.DataLoader(Digits(), 64)  # not shuffled
# ToTensor divides bytes by 255, whatever the largest is; so ours do as well.
ours = Batches(train, 64, max_value=255, device=torch.device("cpu"))
for their_batch, our_batch in zip(theirs, ours, strict=True):
    their_images, their_labels = their_batch
    our_images, our_labels = our_batch
    assert torch.equal(their_images, our_images)
    assert torch.equal(their_labels, our_labels)

slow = min(timeit.repeat(lambda: list(theirs), number=1))
fast = min(timeit.repeat(lambda: list(ours), number=1))
print(f"{len(ours)} equal batches; over ten times faster: {slow > 10 * fast}")
