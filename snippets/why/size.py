"""How many numbers does a model hold, and how often is it correct?"""

import torch
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import evaluate, train_epoch

cpu = torch.device("cpu")
digits = load_digits()
train = digits.train
test = digits.test
x = train.images.flatten(1).double() / 16  # (images, 64)
y = train.labels
new_x = test.images.flatten(1).double() / 16
new_y = test.labels

tree = DecisionTreeClassifier(max_leaf_nodes=10, random_state=0)
tree.fit(x, y)
linear = LogisticRegression().fit(x, y)
num_linear = linear.coef_.size + linear.intercept_.size
forest = RandomForestClassifier(random_state=0).fit(x, y)
num_leaves = sum(one.get_n_leaves() for one in forest.estimators_)

torch.manual_seed(0)
network = nn.Sequential(
    nn.Linear(64, 32),
    nn.ReLU(),
    nn.Linear(32, 10),
).double()
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(200):
    batches = [(x, y)]  # one batch with all images
    train_epoch(network, batches, optimizer, cpu)
num_weights = sum(parameter.numel() for parameter in network.parameters())
new_batches = [(new_x, new_y)]
_, accuracy = evaluate(network, new_batches, cpu)

print(f"small tree      10 leaves   {tree.score(new_x, new_y):.2f}")
print(f"linear     {num_linear:7} numbers  {linear.score(new_x, new_y):.2f}")
print(f"network    {num_weights:7} numbers  {accuracy:.2f}")
print(f"forest     {num_leaves:7} leaves   {forest.score(new_x, new_y):.2f}")
