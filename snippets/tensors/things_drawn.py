"""What the four tensors hold."""

import matplotlib.pyplot as plt
import torch

from dlcourse.data.digits import load_digits

seconds = torch.arange(80) / 8000
wave = torch.sin(2 * torch.pi * 440 * seconds)
picture = load_digits().test.images[0, 0]
words = ["the", "dog", "sees", "the", "cat"]

rows = [["tone"] * 5, [0, *"    "], [1, 2, 3, 4, 5], ["sentence"] * 5]
style = {"empty_sentinel": " ", "height_ratios": (4, 4, 4, 3)}
figure, panels = plt.subplot_mosaic(rows, figsize=(3.72, 5), **style)
panels["tone"].plot(1000 * seconds, torch.stack([wave, 0.5 * wave], dim=1))
panels["tone"].set(title="tone", xlabel="milliseconds", yticks=[-1, 0, 1])
for index in range(6):
    frame = picture.roll(max(0, index - 1), dims=1)
    y, x = frame.nonzero(as_tuple=True)  # squares as large as the ink is strong
    panels[index].scatter(x, y, frame[y, x], marker="s", c="k", linewidths=0)
    panels[index].set(xlim=(-1, 8), ylim=(8, -1), aspect="equal", xticks=[])
    panels[index].set(yticks=[], title={0: "picture", 3: "clip"}.get(index, ""))
    panels[index].spines[:].set_visible(True)
for place, word in enumerate(words):
    text = f"{word}\n{sorted(set(words)).index(word)}"
    panels["sentence"].text(place + 0.5, 0.4, text, ha="center")
panels["sentence"].set(title="sentence", xlim=(0, 5))
panels["sentence"].axis("off")
plt.show()
