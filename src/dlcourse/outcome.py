"""What came of a run: its learning curve, its figures on the test pictures, and pictures of its mistakes."""

import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.assemble import make_batches
from dlcourse.atomic_files import write_atomically
from dlcourse.data.batches import ImageData
from dlcourse.training.loop import evaluate
from dlcourse.training.processes import get_rank
from dlcourse.training.progress import Progress

NUM_WORST = 25  # mistakes that are shown
NUM_NAMED = 40  # classes whose names and counts a confusion matrix has room for


def measure(
    network: nn.Module, pictures: ImageData, device: torch.device, folder: Path | None = None
) -> dict[str, Any]:
    """Measure a network on the test pictures; return the figures as the commands print them.

    With a folder, confusion_matrix.png and worst_mistakes.png are drawn there.
    """
    # The Trainer leaves it in channels_last, whose sums have other last digits than a loaded network's.
    network.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    batches = make_batches(pictures, pictures.test, device)
    loss, accuracy = evaluate(network, batches, device)
    figures: dict[str, Any] = {"metric": "test_accuracy", "metric_value": accuracy}
    figures |= {"test_accuracy": accuracy, "test_loss": loss}
    if folder is not None:
        drawings = {"confusion_matrix.png": _draw_confusion, "worst_mistakes.png": _draw_mistakes}
        figures["pictures"] = [str(folder / name) for name in drawings]
    if folder is not None and get_rank() == 0:  # the first process draws for all
        from matplotlib.figure import Figure

        with torch.inference_mode():
            logits = torch.cat([network(images).cpu() for images, _ in batches])
        for name, draw in drawings.items():
            figure = Figure(layout="constrained")
            draw(figure, pictures, logits)
            _save(figure, folder / name)
    return figures


def describe(figures: dict[str, Any]) -> str:
    """Return what measure found as part of a sentence."""
    return f"test accuracy {figures['test_accuracy']:.4f}, test loss {figures['test_loss']:.4f}"


def draw_learning_curve(history: Sequence[Progress], path: Path) -> None:
    """Draw losses and accuracy, epoch by epoch: half a second for the import, a fifth for the picture.

    Raises: EnvironmentProblem when the file cannot be written.
    """
    if get_rank() > 0:  # as in measure
        return
    from matplotlib.figure import Figure  # without pyplot: no window, no global state
    from matplotlib.ticker import MaxNLocator

    epochs = [progress.epoch for progress in history]
    marker = (
        "o" if len(history) < 30 else ""
    )  # a single epoch is a point, and would be invisible as a line
    figure = Figure(figsize=(8, 3.5), layout="constrained")
    loss_axes, accuracy_axes = figure.subplots(1, 2)
    styles = {"train_loss": "C0-", "validation_loss": "C1--", "validation_accuracy": "C1--"}
    for name, style in styles.items():
        axes = loss_axes if name.endswith("loss") else accuracy_axes
        values = [getattr(progress, name) for progress in history]
        axes.plot(epochs, values, style, marker=marker, label=name.partition("_")[0])
        axes.set(xlabel="epoch", ylabel=name.replace("_", " "))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
    loss_axes.set(ylabel="loss (nats)", ylim=(0, None))
    loss_axes.legend()
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    picture = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a class's name may be in any script
        figure.savefig(picture, format="png", dpi=120, bbox_inches="tight")
    write_atomically(path, picture.getvalue())


def _draw_confusion(figure: Any, pictures: ImageData, logits: Tensor) -> None:
    """Draw how many pictures of each class (rows) are taken for each class (columns)."""
    names, labels = pictures.class_names, pictures.test.labels
    count = len(names)
    counts = (
        (labels * count + logits.argmax(dim=1)).bincount(minlength=count**2).reshape(count, count)
    )
    shares = counts / counts.sum(dim=1, keepdim=True).clamp(min=1)
    side = 2 + 0.45 * min(count, NUM_NAMED)  # inches
    figure.set_size_inches(side, side)
    axes = figure.subplots()
    axes.imshow(shares.numpy(), cmap="Blues", vmin=0, vmax=1)
    axes.set(xlabel="taken for", ylabel="class")
    axes.set_title(f"{Path(pictures.name).name}: test pictures", parse_math=False)
    if count <= NUM_NAMED:
        axes.set_xticks(
            range(count), names, parse_math=False, rotation=90 if max(map(len, names)) > 2 else 0
        )
        axes.set_yticks(range(count), names, parse_math=False)
        for row, column in counts.nonzero().tolist():
            ink = "white" if shares[row, column] > 0.5 else "black"
            text = str(counts[row, column].item())
            axes.text(column, row, text, color=ink, ha="center", va="center", fontsize=8)


def _draw_mistakes(figure: Any, pictures: ImageData, logits: Tensor) -> None:
    """Draw the pictures with the largest losses among those that are taken for another class."""
    labels, taken_for, names = pictures.test.labels, logits.argmax(dim=1), pictures.class_names
    losses = F.cross_entropy(logits, labels, reduction="none")
    wrong = (labels != taken_for).nonzero().flatten()
    worst = wrong[losses[wrong].argsort(descending=True)][:NUM_WORST]
    figure.set_size_inches(8, 9)
    title = f"{len(wrong):,} mistakes in {len(labels):,} test pictures, the worst first"
    figure.suptitle(f"{Path(pictures.name).name}: {title}", parse_math=False)
    images = pictures.test.images.index_select(0, worst)
    for place, (index, image) in enumerate(zip(worst.tolist(), images, strict=True)):
        axes = figure.add_subplot(5, 5, place + 1)
        axes.imshow(image.permute(1, 2, 0).numpy(), cmap="gray", vmin=0, vmax=pictures.max_value)
        shares = logits[index].softmax(dim=0)
        right, guess = (
            f"{names[one]} ({shares[one]:.0%})" for one in (labels[index], taken_for[index])
        )
        axes.set_title(f"{right}, taken\nfor {guess}", fontsize=8, parse_math=False)
        axes.set_axis_off()
