"""The picture of a run: its losses and its accuracy, epoch by epoch."""

import io
from collections.abc import Sequence
from pathlib import Path

from dlcourse.atomic_files import write_atomically
from dlcourse.training.progress import Progress


def draw_learning_curve(history: Sequence[Progress], path: Path) -> None:
    """Draw the finished epochs of a run into a PNG file.

    Raises: EnvironmentProblem when the file cannot be written.
    """
    from matplotlib.figure import Figure  # takes half a second; without pyplot: no window, no global state
    from matplotlib.ticker import MaxNLocator

    epochs = [progress.epoch for progress in history]
    marker = "o" if len(history) < 30 else ""  # a single epoch is a point, and would be invisible as a line
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
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=120)
    write_atomically(path, picture.getvalue())
