"""A task: what a network learns from a batch, and how that is measured."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Batch = Sequence[Tensor]  # tensors with one example a row, such as (inputs, targets)
LossFunction = Callable[[Any, Tensor], Tensor]  # (outputs, targets) -> mean loss of the batch
Sums = Mapping[str, tuple[Tensor, Tensor]]  # figure: (sum, what it is divided by)


class Task:
    """Everything specific to one family of networks: its loss, and the figures that measure it.

    A task has no state that training changes: the network and the optimizers have it.

    learners: the parts of the network that have an optimizer of their own; "" is the whole network.
    metric: the validation figure by which epochs are compared.
    is_higher_better: whether a higher metric is better, as for an accuracy.
    loss_name: what a checkpoint records of the loss, so that no run is resumed with another one.
    """

    learners: tuple[str, ...] = ("",)
    metric = "loss"
    is_higher_better = False

    @property
    def loss_name(self) -> str:
        """The name under which a checkpoint records the loss."""
        return type(self).__name__

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean loss of a batch, for a network with one learner."""
        raise NotImplementedError(f"{type(self).__name__} defines neither loss nor losses")

    def losses(self, network: nn.Module, batch: Batch) -> Iterator[tuple[str, Tensor]]:
        """Yield (learner, mean loss) in the order of the learners.

        The learner takes its step before the next loss is asked for. So the second loss of a GAN is
        computed by the discriminator that has just learned.
        """
        yield "", self.loss(network, batch)

    def divisor(self, batch: Batch) -> Tensor | int:
        """Return what the mean loss of a batch was divided by: the examples, unless weighted.

        It lets pieces of a batch, several processes and a smaller last batch add up exactly.
        """
        return len(batch[0])

    def keep_for_divisor(self, batch: Batch) -> Any:
        """Return what `read_divisors` needs of a batch; it stays in memory for some steps."""
        return self.divisor(batch)

    def read_divisors(self, kept: Sequence[Any]) -> list[float]:
        """Return the divisors of several batches, read from the device together."""
        return read_together(kept)

    def measure(self, network: nn.Module, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Return for each figure a sum over the batch and what it is divided by.

        Both add up over batches and processes.
        """
        divisor = self.divisor(batch)
        return {"loss": (self.loss(network, batch) * divisor, divisor)}

    def figures(self, sums: Sums) -> dict[str, float]:
        """Return the figures of all batches, computed from the sums of `measure`."""
        return {name: (total / divisor).mean().item() for name, (total, divisor) in sums.items()}


class Supervised(Task):
    """Minimize a loss of outputs and targets; measure the accuracy where targets are classes.

    loss_fn takes the outputs of the network and the targets, and returns their mean loss. Class
    weights and ignored targets of PyTorch's cross entropy are taken into account wherever means are
    added up.
    """

    def __init__(self, loss_fn: LossFunction = F.cross_entropy):
        self.loss_fn = loss_fn
        self.class_weights: Tensor | None = getattr(loss_fn, "weight", None)
        # -100 is PyTorch's default.
        self.ignored_class: int = getattr(loss_fn, "ignore_index", -100)
        self.label_smoothing: float = getattr(loss_fn, "label_smoothing", 0.0)
        self.is_cross_entropy = loss_fn is F.cross_entropy or isinstance(
            loss_fn, nn.CrossEntropyLoss
        )

    @property
    def loss_name(self) -> str:
        """The name of the loss function or of its class."""
        return getattr(self.loss_fn, "__name__", type(self.loss_fn).__name__)

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean loss of a batch (inputs, targets)."""
        inputs, targets = batch
        if (
            self.class_weights is not None
            and not self.label_smoothing
            and self._are_classes(targets)
        ):
            # PyTorch's gradient of 0 / 0 is 0 for ignored targets, NaN for those of weight 0.
            has_no_weight = self.class_weights[targets.clamp(min=0)] == 0
            targets = targets.masked_fill(has_no_weight, self.ignored_class)
        return self.loss_fn(network(inputs), targets)

    def divisor(self, batch: Batch) -> Tensor | int:
        """Return the number of targets that count, each times the weight of its class."""
        return self._add_weights(batch[1])

    def keep_for_divisor(self, batch: Batch) -> Tensor:
        """Return the targets: looking for ignored ones at each step takes 15 of 200 µs."""
        return batch[1]

    def read_divisors(self, kept: Sequence[Tensor]) -> list[float]:
        """Return the divisors of several batches, from their targets."""
        if self.class_weights is None and self._are_classes(kept[0]):
            is_flat = kept[0].dim() == 1
            flat = list(kept) if is_flat else [targets.flatten() for targets in kept]
            all_targets = torch.cat(flat)
            if not (all_targets == self.ignored_class).any():
                return [targets.numel() for targets in kept]
        return read_together([self._add_weights(targets) for targets in kept])

    def _are_classes(self, targets: Tensor) -> bool:
        return self.is_cross_entropy and not targets.is_floating_point()

    def _add_weights(self, targets: Tensor) -> Tensor | int:
        if not self._are_classes(targets):
            return len(targets)
        is_counted = targets != self.ignored_class
        if self.class_weights is None:
            return is_counted.sum()
        weights = self.class_weights.to(targets.device)
        return weights[targets[is_counted]].sum()

    def measure(self, network: nn.Module, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Return the loss, and the accuracy for logits (N, C, ...) of classes (N, ...)."""
        inputs, targets = batch
        outputs = network(inputs)
        divisor = self.divisor(batch)
        loss = self.loss_fn(outputs, targets)
        measured = {"loss": (weigh(loss, divisor), divisor)}
        if are_classes(outputs, targets):
            is_counted = targets != self.ignored_class
            is_correct = (outputs.argmax(dim=1) == targets) & is_counted
            measured["accuracy"] = (is_correct.sum(), is_counted.sum())
        return measured


def read_together(numbers: Sequence[Tensor | int]) -> list[float]:
    """Return numbers; if they are tensors, they are read in one transfer from their device."""
    tensors = [number for number in numbers if isinstance(number, Tensor)]
    if tensors:
        return torch.stack(tensors).tolist()
    return [float(number) for number in numbers]


def weigh(mean: Tensor, weight: Tensor | float) -> Tensor:
    """Return a mean loss times its weight, such as its divisor or its share of a batch.

    A weight of 0 gives 0, also for the mean of ignored targets alone, which is 0 / 0.
    """
    if not isinstance(weight, Tensor) and weight > 0:
        return mean * weight
    is_counted = torch.as_tensor(weight, device=mean.device) > 0
    return torch.where(is_counted, mean * weight, 0.0)


def are_classes(outputs: Any, targets: Tensor) -> bool:
    """Tell whether targets (N, ...) are the classes of logits (N, C, ...) with C of at least 2."""
    if not isinstance(outputs, Tensor) or targets.dtype != torch.int64:
        return False
    if outputs.dim() != targets.dim() + 1 or outputs.dim() < 2:
        return False
    num_classes = outputs.shape[1]
    places = outputs.shape[:1] + outputs.shape[2:]
    return num_classes >= 2 and places == targets.shape
