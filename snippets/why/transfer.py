"""Images of new digits, seen as pixels or by features learned on others."""

import torch
from sklearn.linear_model import LogisticRegression
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.models.cnn import CNN
from dlcourse.training.loop import train_epoch

cpu = torch.device("cpu")
digits = load_digits()
train = digits.train
test = digits.test
y = train.labels
new_y = test.labels


def place(images, is_moved):
    """Put each image in the middle of a page of 14 x 14, or anywhere."""
    num_images = len(images)
    pages = torch.zeros(num_images, 1, 14, 14).double()
    for page, image in zip(pages, images, strict=True):
        row = 3
        column = 3
        if is_moved:
            row, column = torch.randint(7, (2,)).tolist()
        page[:, row : row + 8, column : column + 8] = image / 16
    return pages


def learn_features(x, y):
    """Train a CNN; return it without its last layer: 64 features an image."""
    network = CNN(num_classes=6).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(8):
        batches = []
        for i in torch.randperm(len(y)).split(64):
            batches.append((x[i], y[i]))
        train_epoch(network, batches, optimizer, cpu)
    network.output = nn.Identity()  # passes the features on as they are
    return network.eval()


def score(x, new_x, num_each):
    """Fit a linear classifier to a few images of 6 to 9; five draws."""
    is_new = new_y > 5
    total = 0.0
    for draw in range(5):
        random = torch.Generator().manual_seed(draw)
        order = torch.randperm(len(y), generator=random)
        few = []
        for digit in range(6, 10):
            of_this_digit = order[y[order] == digit]
            few.append(of_this_digit[:num_each])
        few = torch.cat(few)
        classifier = LogisticRegression(max_iter=999).fit(x[few], y[few])
        total += classifier.score(new_x[is_new], new_y[is_new])
    return total / 5


torch.manual_seed(0)
accuracy = {}
for place_name in ("centered", "moved"):
    is_moved = place_name == "moved"
    x = place(train.images, is_moved)
    new_x = place(test.images, is_moved)
    network = learn_features(x[y < 6], y[y < 6])  # no 6, 7, 8 or 9
    views = {"pixels": nn.Flatten(), "features": network}
    for name, view in views.items():
        seen = view(x).detach()
        new_seen = view(new_x).detach()
        for num_each in (1, 5, 50):
            key = f"{place_name}_{name}_{num_each}"
            accuracy[key] = score(seen, new_seen, num_each)

print("of each  centered digits   moved digits")
print("digit    pixels features   pixels features")
for num_each in (1, 5, 50):
    row = f"{num_each:5}"
    for place_name in ("centered", "moved"):
        pixels = accuracy[f"{place_name}_pixels_{num_each}"]
        features = accuracy[f"{place_name}_features_{num_each}"]
        row += f"{pixels:10.2f}{features:9.2f}"
    print(row)
