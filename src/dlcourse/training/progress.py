"""Where a run stands: what it shows, and what it saves."""

from dataclasses import dataclass


@dataclass
class Position:
    """What a run has done so far; a checkpoint holds it, so that a resumed run counts on."""

    step: int = 0
    num_images: int = 0
    seconds: float = 0.0  # of training, up to the newest start of an epoch or of the process
    epoch_loss: float = 0.0  # summed over this epoch's examples, in nats
    epoch_images: int = 0


@dataclass(frozen=True)
class Progress:
    """Where a run stands. The validation's values are None inside an epoch and given at its end.

    Units: losses are means per example in nats (inside an epoch, that of the newest step); the accuracy goes
        from 0 to 1; seconds are those of the training steps, without validation and saving.
    """

    epoch: int
    epochs: int
    step: int
    total_steps: int
    learning_rate: float
    train_loss: float
    validation_loss: float | None
    validation_accuracy: float | None
    seconds: float
    images_per_second: float

    @property
    def seconds_left(self) -> float:
        """How long the steps that remain will take at the speed so far."""
        return self.seconds / self.step * (self.total_steps - self.step)


def count_stale_epochs(history: list[Progress]) -> int:
    """How many epochs have passed since the one with the lowest validation loss."""
    losses = [progress.validation_loss or 0.0 for progress in history]
    return len(losses) - 1 - losses.index(min(losses)) if losses else 0
