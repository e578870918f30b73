"""What a file of weights holds, and what it does not."""

from pathlib import Path

import torch

from dlcourse.models.cnn import CNN
from dlcourse.training.checkpoint import load_weights, save_weights

torch.manual_seed(0)
trained, fresh = CNN().eval(), CNN().eval()
images = torch.rand(4, 1, 8, 8)
print("same answers before:", torch.equal(trained(images), fresh(images)))

save_weights(Path("cnn.safetensors"), trained)
load_weights(Path("cnn.safetensors"), fresh)
print("same answers after: ", torch.equal(trained(images), fresh(images)))

parameters = {name for name, _ in trained.named_parameters()}
others = sorted(trained.state_dict().keys() - parameters)
print("beside parameters:", *others[:3], "...", sep="\n  ")
