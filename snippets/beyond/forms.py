"""One digit in four forms."""

import matplotlib.pyplot as plt
import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.forms import place_anywhere, put_one_before, to_points

digits = load_digits()
images = digits.train.images[:2, 0] / 16
generator = torch.Generator().manual_seed(2)
page = place_anywhere(images, 12, generator)[0]
order = torch.randperm(144, generator=generator)
forms = {
    "image": page,
    "shuffled": page.flatten()[order].view(12, 12),
    "sequence": put_one_before(images, 24, generator)[0],
    "set": to_points(images, 16, generator)[0],
}
axis_names = {
    "image": ("column", "row"),
    "shuffled": ("column", "row"),
    "sequence": ("pixel of a row", "step"),
    "set": ("its row, its column", "point"),
}

figure, panels = plt.subplots(1, 4, figsize=(7.2, 2.9))
for panel, (form, x) in zip(panels, forms.items(), strict=True):
    panel.imshow(x.numpy(), cmap="gray", vmin=0, vmax=1)
    horizontal, vertical = axis_names[form]
    panel.set_title(form, size=11)
    panel.set_xlabel(horizontal)
    panel.set_ylabel(vertical)
    panel.set_xticks([])
    panel.set_yticks([])
panels[3].axvline(7.5, color="C1", linewidth=1)
plt.show()
