"""How many numbers hold a model, and how often is it right?"""

import torch
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import evaluate, train_epoch

digits, cpu = load_digits(), torch.device("cpu")
x, y = digits.train.images.flatten(1).double() / 16, digits.train.labels
new, new_y = digits.test.images.flatten(1).double() / 16, digits.test.labels

tree = DecisionTreeClassifier(max_leaf_nodes=10, random_state=0).fit(x, y)
forest = RandomForestClassifier(random_state=0).fit(x, y)
num_leaves = sum(tree.get_n_leaves() for tree in forest.estimators_)

torch.manual_seed(0)
layers = [nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)]
network = nn.Sequential(*layers).double()
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(200):
    train_epoch(network, [(x, y)], optimizer, cpu)
num_weights = sum(parameter.numel() for parameter in network.parameters())
accuracy = evaluate(network, [(new, new_y)], cpu)[1]

print(f"small tree{tree.get_n_leaves():8} leaves  {tree.score(new, new_y):.2f}")
print(f"forest    {num_leaves:8} leaves  {forest.score(new, new_y):.2f}")
print(f"network   {num_weights:8} weights {accuracy:.2f}")
