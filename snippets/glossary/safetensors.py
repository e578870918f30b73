"""What is loaded is what was saved: names and numbers."""

import torch
from safetensors.torch import load, save

weights = {"weight": torch.tensor([0.5, -1.0])}
content = save(weights)  # bytes, as they would stand in a file
print(type(content))

loaded = load(content)
print(loaded)
