"""A network is a module made of modules, and knows all parameters."""

from dlcourse.models.mlp import MLP

model = MLP()
for name, part in model.named_children():
    print(name, part)
print(sum(parameter.numel() for parameter in model.parameters()))
