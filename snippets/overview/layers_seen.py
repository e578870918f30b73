"""Three kinds of digit, as pixels and after each layer of a trained network."""

import matplotlib.pyplot as plt
import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

torch.manual_seed(0)
cpu = torch.device("cpu")
digits = load_digits()
train = digits.train
test = digits.test
x = train.images.flatten(1).double() / 16  # (images, 64)
new_x = test.images.flatten(1).double() / 16

network = nn.Sequential(
    nn.Linear(64, 32),
    nn.Tanh(),
    nn.Linear(32, 32),
    nn.Tanh(),
    nn.Linear(32, 32),
    nn.Tanh(),
    nn.Linear(32, 10),
).double()
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(100):
    train_epoch(network, [(x, train.labels)], optimizer, cpu)


def mean_of(h, digit):
    """Return the mean row of the training images of one digit."""
    of_this_digit = h[train.labels == digit]
    return of_this_digit.mean(dim=0)


figure, panels = plt.subplots(2, 2, figsize=(3.7, 3.9))
markers = {3: "o", 8: "s", 9: "^"}
for num_layers, panel in enumerate(panels.flat):
    first_layers = network[: 2 * num_layers]  # each with its Tanh
    h = first_layers(x).detach()
    new_h = first_layers(new_x).detach()
    to_8 = mean_of(h, 8) - mean_of(h, 3)
    to_9 = mean_of(h, 9) - mean_of(h, 3)

    # Each point is an image: how far is it from the 3s to the 8s, to the 9s?
    for digit, marker in markers.items():
        of_this_digit = new_h[test.labels == digit]
        rows = of_this_digit - mean_of(h, 3)
        across = rows @ to_8 / to_8.norm()
        up = rows @ to_9 / to_9.norm()
        panel.plot(across, up, marker, ms=3, mfc="none", label=digit)
    panel.set_title(f"layer {num_layers}", size=10)
    panel.set_xticks([])
    panel.set_yticks([])
panels[0, 0].set_title("pixels", size=10)
panels[0, 0].legend(fontsize=8, handletextpad=0)
plt.show()
