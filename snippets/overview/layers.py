"""What share of new digits is nearest to its own mean, layer by layer?"""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

digits = load_digits()
x, y = digits.train.images.flatten(1).double() / 16, digits.train.labels
new_x, new_y = digits.test.images.flatten(1).double() / 16, digits.test.labels

print("               pixels  layer 1  layer 2  layer 3")
for name, num_steps in (("untrained", 0), ("trained", 100)):
    shares = [0.0] * 4
    for seed in range(5):
        torch.manual_seed(seed)
        layers = [(nn.Linear(n, 32), nn.Tanh()) for n in (64, 32, 32)]
        layers = [nn.Sequential(*layer) for layer in layers]
        model = nn.Sequential(*layers, nn.Linear(32, 10)).double()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(num_steps):
            train_epoch(model, [(x, y)], optimizer, torch.device("cpu"))
        for depth in range(4):  # what the first 0, 1, 2, 3 layers make of them
            h, new_h = model[:depth](x), model[:depth](new_x)
            means = [h[y == digit].mean(dim=0) for digit in range(10)]
            nearest = torch.cdist(new_h, torch.stack(means)).argmin(dim=1)
            shares[depth] += (nearest == new_y).double().mean().item() / 5
    print(f"{name:<12}" + "".join(f"{share:9.1%}" for share in shares))
