"""What is read is what was written: names and numbers."""

import torch
from safetensors.torch import load, save

content = save({"weight": torch.tensor([0.5, -1.0])})
print(type(content).__name__, "->", load(content))
