"""The same pages and network, but neighbors are no longer neighbors."""

import torch

from dlcourse.data.digits import load_digits
from dlcourse.models.cnn import CNN
from dlcourse.training.loop import evaluate, train_epoch


def place(images):
    """Put each image of 8 x 8 pixels anywhere on a page of 14 x 14."""
    num_images = len(images)
    pages = torch.zeros(num_images, 1, 14, 14).double()
    for page, image in zip(pages, images, strict=True):
        row, column = torch.randint(7, (2,)).tolist()
        page[:, row : row + 8, column : column + 8] = image / 16
    return pages


def mix(pages, order):
    """Give the pixels of all pages the same new order."""
    rows = pages.flatten(1)  # (images, 196)
    mixed = rows[:, order]
    return mixed.reshape(-1, 1, 14, 14)


torch.manual_seed(0)
cpu = torch.device("cpu")
digits = load_digits()
train = digits.train
test = digits.test
order = torch.randperm(14 * 14)
x = mix(place(train.images), order)
y = train.labels
new_x = mix(place(test.images), order)
new_y = test.labels

network = CNN().double()
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(8):
    batches = []
    for i in torch.randperm(len(y)).split(64):
        batches.append((x[i], y[i]))
    train_epoch(network, batches, optimizer, cpu)
new_batches = [(new_x, new_y)]
_, accuracy = evaluate(network, new_batches, cpu)
print(f"CNN on mixed pixels  {accuracy:.1f}")
