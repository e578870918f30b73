"""The same program without the leak: split first, then draw."""

import torch

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
images = load_digits().train.images.flatten(1).double()  # (1295, 64)
labels = torch.randint(10, (len(images),))

order = torch.randperm(len(images))
train_part = order[:1036]
test_part = order[1036:]
train = train_part[torch.randint(len(train_part), (2400,))]
test = test_part[torch.randint(len(test_part), (600,))]

distances = torch.cdist(images[test], images[train])
nearest = distances.argmin(dim=1)
is_correct = labels[train][nearest] == labels[test]
accuracy = is_correct.double().mean().item()
print(f"above 80% correct: {accuracy > 0.8}")
print(f"below 20% correct: {accuracy < 0.2}")
