"""Five numbers for each image, chosen by training, and a linear classifier."""

import torch
from sklearn.linear_model import LogisticRegression
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

cpu = torch.device("cpu")
digits = load_digits()
train = digits.train
test = digits.test
x = train.images.flatten(1).double() / 16  # (images, 64)
new_x = test.images.flatten(1).double() / 16

torch.manual_seed(0)
to_features = nn.Sequential(
    nn.Linear(64, 32),
    nn.Tanh(),
    nn.Linear(32, 5),  # these five outputs are the features
    nn.Tanh(),
)
to_digits = nn.Linear(5, 10)  # from five features to ten digits
network = nn.Sequential(to_features, to_digits).double()

# Train both parts together, from pixels to digits.
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(200):
    batches = [(x, train.labels)]  # one batch with all images
    train_epoch(network, batches, optimizer, cpu)

# Then use the first part alone: it turns an image into five features.
features = to_features(x).detach()
new_features = to_features(new_x).detach()

classifier = LogisticRegression(C=100, max_iter=2000)
classifier.fit(features, train.labels)
accuracy = classifier.score(new_features, test.labels)
print(f"5 learned features: {accuracy:.0%} correct")
