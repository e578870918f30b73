"""Figures of an autoencoder's results: reconstructions, and a map of the codes."""

from pathlib import Path

import torch
from matplotlib.figure import Figure
from torch import Tensor

from dlcourse.data.batches import ImageData
from dlcourse.tasks.figure_files import make_grid, save_figure, shorten_name

NUM_SHOWN = 10  # images beside each other
MOST_CLASSES = 10  # that the legend of a map names


def draw_reconstructions(
    images: Tensor,
    inputs: Tensor,
    reconstructions: Tensor,
    path: Path,
) -> None:
    """Draw images, the same with noise if they have any, and their reconstructions below.

    Shapes: all three (count, channels, height, width), from 0 to 1.
    """
    rows = {"images": images, "with noise": inputs, "reconstructions": reconstructions}
    if torch.equal(images, inputs):
        del rows["with noise"]
    shown = torch.cat([row[:NUM_SHOWN] for row in rows.values()])
    figure = Figure(figsize=(8, 1 + len(rows)), layout="constrained")
    axes = figure.subplots()
    grid = make_grid(shown, num_columns=len(images[:NUM_SHOWN]))
    axes.imshow(grid.numpy(), cmap="gray", vmin=0, vmax=255)
    axes.set_title(", ".join(rows))
    axes.set_axis_off()
    save_figure(figure, path)


def draw_latent_map(codes: Tensor, data: ImageData, path: Path) -> None:
    """Draw the codes of the test images as points, colored by class.

    Codes of more than two numbers are projected on the two directions in which they vary most.

    Shapes: codes (number of test images, code_features).
    """
    axis_names = ["first number of the code", "second number of the code"]
    if codes.shape[1] > 2:
        axis_names = ["first principal component", "second principal component"]
    points = project(codes.cpu())
    labels = data.test.labels
    figure = Figure(figsize=(6, 5), layout="constrained")
    axes = figure.subplots()
    has_legend = 1 < len(data.class_names) <= MOST_CLASSES
    for label in labels.unique().tolist():
        x, y = points[labels == label].T.numpy()
        name = shorten_name(data.class_names[label]) if has_legend else ""
        axes.scatter(x, y, s=8, label=name)
    axes.set(xlabel=axis_names[0], ylabel=axis_names[1])
    if has_legend:
        figure.legend(loc="outside right upper")
    save_figure(figure, path)


def project(codes: Tensor) -> Tensor:
    """Return two numbers (count, 2) for each code: the code, or its principal components."""
    num_features = codes.shape[1]
    if num_features == 1:
        return torch.cat([codes, torch.zeros_like(codes)], dim=1)
    if num_features == 2:
        return codes
    centered = codes - codes.mean(dim=0)
    _, _, directions = torch.linalg.svd(centered, full_matrices=False)
    return centered @ directions[:2].T
