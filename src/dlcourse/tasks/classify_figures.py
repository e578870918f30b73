"""Figures of a classifier's results: which classes it confuses, and its worst mistakes."""

from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from dlcourse.data.batches import ImageData
from dlcourse.tasks.figure_files import save_figure, shorten_name

NUM_WORST = 25  # mistakes that are shown
NUM_NAMED = 40  # classes whose names and counts a confusion matrix has room for


def draw_confusion_matrix(data: ImageData, logits: Tensor, path: Path) -> None:
    """Draw how many test images of each class (rows) are classified as each class (columns).

    Shapes: logits (number of test images, number of classes).
    """
    names = [shorten_name(name) for name in data.class_names]
    counts = count_confusions(data.test.labels, logits)
    shares = counts / counts.sum(dim=1, keepdim=True).clamp(min=1)
    side = 2 + 0.45 * min(len(names), NUM_NAMED)  # inches
    figure = Figure(figsize=(side, side), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shares.numpy(), cmap="Blues", vmin=0, vmax=1)
    axes.set(xlabel="classified as", ylabel="class")
    axes.set_title(f"{_name_data(data)}: test images", parse_math=False)
    if len(names) <= NUM_NAMED:
        _name_classes(axes, names)
        _write_counts(axes, counts, shares)
    save_figure(figure, path)


def count_confusions(labels: Tensor, logits: Tensor) -> Tensor:
    """Return how many examples of each class (row) are classified as each class (column)."""
    num_classes = logits.shape[1]
    cells = labels * num_classes + logits.argmax(dim=1)  # the number of the cell of each example
    return cells.bincount(minlength=num_classes**2).reshape(num_classes, num_classes)


def _name_classes(axes: Axes, names: Sequence[str]) -> None:
    has_long_names = max(map(len, names)) > 2
    rotation = 90 if has_long_names else 0
    axes.set_xticks(range(len(names)), names, parse_math=False, rotation=rotation)
    axes.set_yticks(range(len(names)), names, parse_math=False)


def _write_counts(axes: Axes, counts: Tensor, shares: Tensor) -> None:
    for row, column in counts.nonzero().tolist():
        ink = "white" if shares[row, column] > 0.5 else "black"
        text = str(counts[row, column].item())
        axes.text(column, row, text, color=ink, ha="center", va="center", fontsize=8)


def draw_worst_mistakes(data: ImageData, logits: Tensor, path: Path) -> None:
    """Draw the misclassified test images with the largest losses.

    Shapes: logits (number of test images, number of classes).
    """
    labels = data.test.labels
    predicted = logits.argmax(dim=1)
    losses = F.cross_entropy(logits, labels, reduction="none")
    mistakes = (labels != predicted).nonzero().flatten()
    worst_first = mistakes[losses[mistakes].argsort(descending=True)]
    shown = worst_first[:NUM_WORST]
    figure = Figure(figsize=(8, 9), layout="constrained")
    title = f"{len(mistakes):,} mistakes in {len(labels):,} test images, the worst first"
    figure.suptitle(f"{_name_data(data)}: {title}", parse_math=False)
    images = data.test.images.index_select(0, shown)
    for place, (index, image) in enumerate(zip(shown.tolist(), images, strict=True), start=1):
        axes = figure.add_subplot(5, 5, place)
        axes.imshow(image.permute(1, 2, 0).numpy(), cmap="gray", vmin=0, vmax=data.max_value)
        probabilities = logits[index].softmax(dim=0)
        label = _name_with_share(data, probabilities, int(labels[index]))
        guess = _name_with_share(data, probabilities, int(predicted[index]))
        axes.set_title(f"{label}, classified\nas {guess}", fontsize=8, parse_math=False)
        axes.set_axis_off()
    save_figure(figure, path)


def _name_with_share(data: ImageData, probabilities: torch.Tensor, index: int) -> str:
    return f"{shorten_name(data.class_names[index])} ({probabilities[index]:.0%})"


def _name_data(data: ImageData) -> str:
    return shorten_name(Path(data.name).name)
