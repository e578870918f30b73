"""Digits at random places of a larger page: which model classifies them?"""

import torch
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

from dlcourse.data.digits import load_digits
from dlcourse.models.cnn import CNN
from dlcourse.training.loop import evaluate, train_epoch


def place(images):
    """Put each image of 8 x 8 pixels anywhere on a page of 14 x 14."""
    num_images = len(images)
    pages = torch.zeros(num_images, 1, 14, 14).double()
    for page, image in zip(pages, images, strict=True):
        row, column = torch.randint(7, (2,)).tolist()  # of its top left pixel
        page[:, row : row + 8, column : column + 8] = image / 16
    return pages


torch.manual_seed(0)
cpu = torch.device("cpu")
digits = load_digits()
train = digits.train
test = digits.test
x = place(train.images)
y = train.labels
new_x = place(test.images)
new_y = test.labels

linear = LogisticRegression().fit(x.flatten(1), y)
forest = RandomForestClassifier(random_state=0).fit(x.flatten(1), y)

network = CNN().double()
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(8):  # eight times through all images, 64 at a time
    batches = []
    for i in torch.randperm(len(y)).split(64):
        batches.append((x[i], y[i]))
    train_epoch(network, batches, optimizer, cpu)
new_batches = [(new_x, new_y)]
_, accuracy = evaluate(network, new_batches, cpu)

print(f"linear model  {linear.score(new_x.flatten(1), new_y):.1f}")
print(f"forest        {forest.score(new_x.flatten(1), new_y):.1f}")
print(f"CNN           {accuracy:.1f}")
