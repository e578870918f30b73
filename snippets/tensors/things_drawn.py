"""What the four tensors hold."""

import matplotlib.pyplot as plt
import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move

seconds = torch.arange(80) / 8000
wave = torch.sin(2 * torch.pi * 440 * seconds)
image = load_digits().test.images[0]  # (1, 8, 8)
words = ["the", "dog", "sees", "the", "cat"]


def draw_image(panel, image):
    """Draw a pixel as a square that is as large as its ink is strong."""
    y, x = image[0].nonzero(as_tuple=True)
    ink = image[0, y, x]
    panel.scatter(x, y, ink, marker="s", c="k", linewidths=0)
    panel.set_xlim(-1, 8)
    panel.set_ylim(8, -1)  # row 0 is at the top
    panel.set_aspect("equal")
    panel.set_xticks([])
    panel.set_yticks([])
    panel.spines[:].set_visible(True)


figure, panels = plt.subplot_mosaic(
    [
        ["tone", "tone", "tone", "tone", "tone"],
        ["image", " ", " ", " ", " "],
        [1, 2, 3, 4, 5],
        ["sentence", "sentence", "sentence", "sentence", "sentence"],
    ],
    figsize=(3.72, 5),
    empty_sentinel=" ",
    height_ratios=(4, 4, 4, 3),
)

tone = panels["tone"]
tone.plot(1000 * seconds, wave)
tone.plot(1000 * seconds, 0.5 * wave)
tone.set_title("tone")
tone.set_xlabel("milliseconds")
tone.set_yticks([-1, 0, 1])

draw_image(panels["image"], image)
panels["image"].set_title("image")
for frame in range(1, 6):
    moved = move(image, right=frame - 1)
    draw_image(panels[frame], moved)
panels[3].set_title("clip")

sentence = panels["sentence"]
vocabulary = sorted(set(words))
for place, word in enumerate(words):
    text = f"{word}\n{vocabulary.index(word)}"
    sentence.text(place + 0.5, 0.4, text, ha="center")
sentence.set_title("sentence")
sentence.set_xlim(0, 5)
sentence.axis("off")
plt.show()
