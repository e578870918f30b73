"""How many edges and parameters does a fully connected network have?"""

from itertools import pairwise

from torch import nn

from dlcourse.models.lenet import LeNet

print("network         units    edges  parameters")
parameters = {}
for sizes in ((2, 2, 1), (784, 30, 10), (784, 16, 16, 10), (784, 128, 10)):
    layers = [nn.Linear(before, after) for before, after in pairwise(sizes)]
    num_edges = sum(layer.weight.numel() for layer in layers)
    num_biases = sum(layer.bias.numel() for layer in layers)
    name = "-".join(str(size) for size in sizes)
    parameters[name] = num_edges + num_biases
    print(f"{name:<14}{sum(sizes):7}{num_edges:9,}{parameters[name]:12,}")

per_unit = parameters["784-128-10"] / (784 + 128 + 10)
lenet = sum(parameter.numel() for parameter in LeNet().parameters())
print(f"LeNet{lenet:37,}")
assert parameters["2-2-1"] == (2 + 1) * 2 + (2 + 1) * 1
assert parameters["784-128-10"] == (784 + 1) * 128 + (128 + 1) * 10
