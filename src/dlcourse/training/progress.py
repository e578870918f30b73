"""Where a run stands: what it shows, and what metrics.csv holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Progress:
    """Where a run stands. `figures` are those of the validation, and empty inside an epoch.

    Units: train_loss is a mean over the epoch; inside an epoch it is the loss of the newest step.
        Seconds are those of the training steps, without validation and saving.
    """

    epoch: int
    epochs: int
    step: int
    total_steps: int
    learning_rate: float
    train_loss: float
    seconds: float
    examples_per_second: float
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_epoch_end(self) -> bool:
        """Whether an epoch has just ended, and was validated."""
        return bool(self.figures)

    @property
    def seconds_left(self) -> float:
        """How long the remaining steps will take at the speed so far."""
        return self.seconds / self.step * (self.total_steps - self.step)

    def as_row(self) -> dict[str, Any]:
        """Return one value for each column of metrics.csv; figures are called validation_NAME."""
        row = dict(vars(self))
        del row["figures"]
        for name, value in self.figures.items():
            row[f"validation_{name}"] = value
        return row


def count_stale_epochs(
    history: Sequence[Progress], metric: str = "loss", is_higher_better: bool = False
) -> int:
    """Return how many epochs have passed since the one with the best validation figure."""
    if not history:
        return 0
    values = [progress.figures[metric] for progress in history]
    best = max(values) if is_higher_better else min(values)
    return len(values) - 1 - values.index(best)
