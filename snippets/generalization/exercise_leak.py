"""Random labels cannot be predicted. Why is this accuracy so high?"""

import torch

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
images = load_digits().train.images.flatten(1).double()  # (1295, 64)
labels = torch.randint(10, (len(images),))  # whatever the image shows

# More data by drawing images again and again, from all of them.
drawn = torch.randint(len(images), (3000,))
order = torch.randperm(3000)
train = drawn[order[:2400]]  # numbers of images, (2400,)
test = drawn[order[2400:]]  # (600,)

# Give each test image the label of the training image nearest to it.
distances = torch.cdist(images[test], images[train])  # (600, 2400)
nearest = distances.argmin(dim=1)  # (600,)
is_correct = labels[train][nearest] == labels[test]
accuracy = is_correct.double().mean().item()
print(f"above 80% correct: {accuracy > 0.8}")
