"""What a file of weights holds besides the parameters."""

from pathlib import Path

import torch

from dlcourse.models.cnn import CNN
from dlcourse.training.checkpoint import load_weights, save_weights

torch.manual_seed(0)
trained = CNN().eval()
fresh = CNN().eval()
images = torch.rand(4, 1, 8, 8)
is_equal = torch.equal(trained(images), fresh(images))
print("same output before:", is_equal)

path = Path("cnn.safetensors")
save_weights(path, trained)
load_weights(path, fresh)
is_equal = torch.equal(trained(images), fresh(images))
print("same output after: ", is_equal)

parameters = {name for name, _ in trained.named_parameters()}
others = sorted(trained.state_dict().keys() - parameters)
print("besides parameters:", *others[:3], "...", sep="\n  ")
