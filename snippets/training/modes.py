"""eval() and no_grad() are two switches for two things."""

import torch
from torch import nn

torch.manual_seed(0)
layers = [nn.Linear(64, 32), nn.ReLU(), nn.Dropout(), nn.Linear(32, 10)]
network = nn.Sequential(*layers)
x = torch.rand(1, 64)

print("                    same output twice  can go backward")
for mode in ("train()", "eval()"):
    network.train(mode == "train()")  # train(False) is eval()
    for switch in ("", ", no_grad()"):
        with torch.set_grad_enabled(switch == ""):
            first = network(x)
            second = network(x)
        is_same = str(torch.equal(first, second))
        print(f"{mode + switch:20}{is_same:19}{first.requires_grad}")
