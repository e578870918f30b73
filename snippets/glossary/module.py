"""A network is a module made of modules, with all their parameters."""

from torch.nn.utils import parameters_to_vector

from dlcourse.models.mlp import MLP

model = MLP()
for name, part in model.named_children():
    print(name, part)

parameters = parameters_to_vector(model.parameters())
print(len(parameters))
