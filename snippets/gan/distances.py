"""How far some sets of images are from the test images, for a fixed judge."""

import torch

from dlcourse.data.digits import load_digits
from dlcourse.tasks.adversarial import add_features, find_distance

digits = load_digits()
real = digits.test.images.double() / 16  # (359, 1, 8, 8)
train = digits.train.images.double() / 16
labels = digits.train.labels

torch.manual_seed(0)
cases = {
    "training images": train,
    "the same with noise": train + 0.2 * torch.randn_like(train),
    "zeros to fours only": train[labels < 5],
    "threes only": train[labels == 3],
    "random pixels": torch.rand(train.shape).double(),
}
distances = {}
for name, images in cases.items():
    # The means of the features and of their products
    of_real = add_features(real) / len(real)
    of_images = add_features(images) / len(images)
    distances[name] = find_distance(of_real, of_images)
    print(f"{name:20}{distances[name]:6.3f}")
