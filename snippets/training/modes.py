"""eval() and no_grad() are two switches for two things."""

import torch
from torch import nn

torch.manual_seed(0)
layers = [nn.Linear(64, 32), nn.ReLU(), nn.Dropout(), nn.Linear(32, 10)]
network, x = nn.Sequential(*layers), torch.rand(1, 64)

print("                    same answer twice  can go backward")
for mode in ("train", "eval"):
    for switch, is_recording in (("", True), (", no_grad()", False)):
        network.train(mode == "train")
        with torch.set_grad_enabled(is_recording):
            first, second = network(x), network(x)
        is_same = torch.equal(first, second)
        print(f"{mode + '()' + switch:20}{is_same!s:19}{first.requires_grad}")
