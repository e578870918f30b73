"""Drawings of scenes with the boxes and the masks of what is in them."""

from collections.abc import Sequence
from pathlib import Path

import torch
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from torch import Tensor

from dlcourse.tasks.figure_files import save_figure

# One a class; each has a contrast of at least 3 to white and to the dark scheme's paper.
COLORS = [
    to_rgb("#1f77b4"),
    to_rgb("#d55e00"),
    to_rgb("#2ca02c"),
    to_rgb("#d62728"),
    to_rgb("#9467bd"),
    to_rgb("#a0622d"),
    to_rgb("#c75aa5"),
    to_rgb("#7f7f7f"),
    to_rgb("#8f9021"),
    to_rgb("#1496a5"),
]
LEAST_SCORE = 0.5  # of the objects that are drawn
COLUMNS = 4


def draw_scene(axes: Axes, image: Tensor, mask: Tensor | None = None) -> None:
    """Draw a scene; with a mask its digits have the colors of their classes, the rest is gray.

    Shapes: image (1, height, width), uint8; mask (height, width), of class numbers.
    """
    gray = image[0] / 255
    colored = gray[:, :, None].repeat(1, 1, 3)
    if mask is not None:
        for number, color in enumerate(COLORS):
            colored[mask == number] = torch.tensor(color).float()
    axes.imshow(colored.numpy())
    axes.set_axis_off()


def draw_boxes(
    axes: Axes,
    classes: Tensor,
    boxes: Tensor,
    labels: Sequence[str],
) -> None:
    """Draw boxes (N, 4) in the colors of their classes (N,), with a label at a corner of each."""
    for number, box, label in zip(
        classes.tolist(),
        boxes.tolist(),
        labels,
        strict=True,
    ):
        left, top, right, bottom = box
        color = COLORS[number % len(COLORS)]
        corner = (left - 0.5, top - 0.5)  # a pixel's own middle has the whole numbers
        axes.add_patch(
            Rectangle(
                corner,
                right - left,
                bottom - top,
                fill=False,
                color=color,
                linewidth=1.5,
            )
        )
        axes.text(
            left,
            top,
            label,
            color="white",
            backgroundcolor=color,
            fontsize=6,
        )


def draw_found(
    images: Tensor,
    class_names: Sequence[str],
    path: Path,
    found: tuple[Tensor, Tensor, Tensor] | None = None,
    masks: Tensor | None = None,
) -> None:
    """Draw scenes with the objects or the masks that a network found in them.

    Shapes: images (N, 1, height, width); found is (classes, scores, boxes) as of tasks.boxes;
        masks (N, height, width).
    """
    rows = -(-len(images) // COLUMNS)
    figure = Figure(figsize=(2.2 * COLUMNS, 2.2 * rows), layout="constrained")
    for place, image in enumerate(images):
        axes = figure.add_subplot(rows, COLUMNS, place + 1)
        draw_scene(axes, image, None if masks is None else masks[place])
        if found is not None:
            classes, scores, boxes = (part[place] for part in found)
            is_drawn = scores >= LEAST_SCORE
            labels = name_found(classes[is_drawn], scores[is_drawn], class_names)
            draw_boxes(axes, classes[is_drawn], boxes[is_drawn], labels)
    if masks is not None:
        keys = [Patch(color=color) for color in COLORS]
        figure.legend(
            keys,
            class_names,
            ncols=len(class_names),
            loc="outside lower center",
        )
    save_figure(figure, path)


def name_found(classes: Tensor, scores: Tensor, class_names: Sequence[str]) -> list[str]:
    """Return the name and the score of each object that was found."""
    pairs = zip(classes.tolist(), scores.tolist(), strict=True)
    return [f"{class_names[number]} ({score:.0%})" for number, score in pairs]
