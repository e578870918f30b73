"""Tasks: the losses they yield, what their means were divided by, and the figures they add up."""

import functools
import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.training.task import Supervised, Task, are_classes

LABELS = torch.tensor([0, 1, 2, 0])
WEIGHTS = torch.tensor([0.5, 1.0, 4.0])


def measure(outputs, targets, loss_fn=F.cross_entropy):
    """Return the figures of a network that returns these outputs."""
    task = Supervised(loss_fn)
    return task.figures(task.measure(nn.Identity(), (outputs, targets)))


# Any task


class Squares(Task):
    """The mean square of what a network computes from one tensor."""

    def loss(self, network, batch):
        return network(batch[0]).square().mean()


def test_a_task_needs_no_more_than_a_loss():
    task = Squares()
    batch = (torch.tensor([[1.0], [3.0]]),)
    network = nn.Identity()
    (learner, loss) = next(task.losses(network, batch))
    assert task.learners == ("",)
    assert learner == ""
    assert loss == 5.0
    assert task.divisor(batch) == 2
    assert task.measure(network, batch) == {"loss": (10.0, 2)}
    assert task.loss_name == "Squares"
    assert task.metric == "loss"
    assert not task.is_higher_better


def test_a_task_without_a_loss_says_so():
    with pytest.raises(NotImplementedError, match=r"^Task defines neither loss nor losses$"):
        next(Task().losses(nn.Identity(), (torch.ones(1),)))


def test_figures_are_sums_divided():
    sums = {
        "loss": (torch.tensor(6.0), torch.tensor(4.0)),
        "recall": (torch.tensor([1.0, 3.0]), torch.tensor([2.0, 4.0])),  # of two classes
    }
    assert Task().figures(sums) == {"loss": 1.5, "recall": 0.625}  # (0.5 + 0.75) / 2


# Accuracy


def test_an_accuracy_is_that_of_the_largest_logit():
    logits = torch.tensor([[2.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    figures = measure(logits, LABELS)
    assert figures["accuracy"] == 0.5  # the first and the third
    assert figures["loss"] == pytest.approx(F.cross_entropy(logits, LABELS).item())


@pytest.mark.parametrize(
    ("outputs", "targets", "is_measured"),
    [
        (torch.zeros(4, 3), LABELS, True),
        (torch.zeros(4, 2), LABELS % 2, True),
        (torch.zeros(4, 3, 5), torch.zeros(4, 5, dtype=torch.int64), True),
        (torch.zeros(4, 3, 5, 6), torch.zeros(4, 5, 6, dtype=torch.int64), True),
        (torch.zeros(4, 1), LABELS, False),  # one logit is no choice among classes
        (torch.zeros(4), LABELS, False),
        (torch.zeros(3), torch.tensor(1), False),  # logits of one example are not (N, C)
        (torch.zeros(4, 3), LABELS.int(), False),
        (torch.zeros(4, 3), LABELS.float(), False),
        (torch.zeros(4, 3), torch.zeros(4, 3, dtype=torch.int64), False),
        (torch.zeros(4, 3, 5), torch.zeros(4, 6, dtype=torch.int64), False),
        (torch.zeros(4, 3, 5), LABELS, False),
        ((torch.zeros(4, 3), torch.zeros(4)), LABELS, False),
        ({"logits": torch.zeros(4, 3)}, LABELS, False),
    ],
)
def test_only_classes_have_an_accuracy(outputs, targets, is_measured):
    assert are_classes(outputs, targets) == is_measured


def test_one_logit_with_whole_numbers_has_no_accuracy():
    def binary_loss(outputs, targets):
        return F.binary_cross_entropy_with_logits(outputs.flatten(), targets.float())

    logits = torch.tensor([[9.0], [-9.0]])
    figures = measure(logits, torch.tensor([1, 0]), binary_loss)
    assert list(figures) == ["loss"]


def test_ignored_targets_count_in_neither_part():
    logits = F.one_hot(torch.tensor([0, 1, 0, 0]), 3).float()
    targets = torch.tensor([0, 1, 2, -100])
    figures = measure(logits, targets)
    assert figures["accuracy"] == pytest.approx(2 / 3)
    assert figures["loss"] == pytest.approx(F.cross_entropy(logits, targets).item())


def test_another_class_may_be_ignored():
    logits = F.one_hot(torch.tensor([0, 1, 2, 1]), 3).float()
    figures = measure(logits, LABELS, nn.CrossEntropyLoss(ignore_index=2))
    assert figures["accuracy"] == pytest.approx(2 / 3)  # the third is not counted, the fourth wrong


def test_a_batch_of_ignored_targets_adds_nothing():
    task = Supervised()
    targets = torch.full((4,), -100)
    sums = task.measure(nn.Identity(), (torch.zeros(4, 3), targets))
    assert sums == {"loss": (0.0, 0), "accuracy": (0, 0)}


def test_a_divisor_below_1_counts_as_well():
    loss_fn = nn.CrossEntropyLoss(weight=WEIGHTS)
    batch = (torch.zeros(1, 3), torch.tensor([0]))
    total_loss, divisor = Supervised(loss_fn).measure(nn.Identity(), batch)["loss"]
    assert divisor == 0.5
    assert total_loss.item() == pytest.approx(0.5 * math.log(3))  # three equal chances


def test_sums_are_on_the_device_of_the_loss():
    batch = (torch.ones(4, 2), torch.zeros(4, 2))
    with torch.device("meta"):  # where new tensors are, unless they name their device
        total_loss, divisor = Supervised(F.mse_loss).measure(nn.Identity(), batch)["loss"]
    assert (total_loss.item(), divisor) == (4.0, 4)


# What a mean was divided by


@pytest.mark.parametrize(
    ("loss_fn", "targets", "expected"),
    [
        (F.cross_entropy, LABELS, 4),
        (F.cross_entropy, torch.tensor([0, -100, 2, -100]), 2),
        (nn.CrossEntropyLoss(), LABELS, 4),
        (nn.CrossEntropyLoss(ignore_index=0), LABELS, 2),
        (nn.CrossEntropyLoss(weight=WEIGHTS), LABELS, 6.0),  # 0.5 + 1 + 4 + 0.5
        (nn.CrossEntropyLoss(weight=WEIGHTS), torch.tensor([0, 1, -100, 0]), 2.0),
        (nn.CrossEntropyLoss(weight=WEIGHTS), torch.tensor([[0, 1], [2, 2]]), 9.5),
        (F.mse_loss, torch.zeros(4, 2), 4),
        (F.cross_entropy, torch.full((4, 3), 1 / 3), 4),  # probabilities of the classes
        (F.multi_margin_loss, LABELS, 4),
    ],
)
def test_the_divisor_is_what_pytorch_divides_by(loss_fn, targets, expected):
    task = Supervised(loss_fn)
    batch = (torch.zeros(4, 3), targets)
    last_batch = (torch.zeros(2, 3), targets[:2])
    assert task.divisor(batch) == expected
    kept = [task.keep_for_divisor(batch), task.keep_for_divisor(last_batch)]
    assert task.read_divisors(kept) == [expected, task.divisor(last_batch)]


def test_class_weights_are_brought_to_the_device_of_the_targets():
    loss_fn = nn.CrossEntropyLoss(weight=WEIGHTS.to("meta"))
    with pytest.raises(NotImplementedError, match="no data"):  # a tensor on "meta" has no values
        Supervised(loss_fn).divisor((torch.zeros(4, 3), LABELS))


@pytest.mark.parametrize(
    "loss_fn",
    [
        F.cross_entropy,
        nn.CrossEntropyLoss(weight=WEIGHTS.double()),
        nn.CrossEntropyLoss(weight=WEIGHTS.double(), label_smoothing=0.1),
    ],
)
def test_means_of_parts_add_up_to_that_of_the_whole(loss_fn):
    task = Supervised(loss_fn)
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(10, 3, generator=generator, dtype=torch.float64)
    targets = torch.randint(3, (10,), generator=generator)
    targets[[1, 5]] = -100
    total = 0.0
    divisor = 0.0
    for batch in zip(logits.split(4), targets.split(4), strict=True):
        total += task.loss(nn.Identity(), batch) * task.divisor(batch)
        divisor += task.divisor(batch)
    expected = loss_fn(logits, targets).item()
    assert (total / divisor).item() == pytest.approx(expected, rel=1e-12)


# Names


@pytest.mark.parametrize(
    ("loss_fn", "name"),
    [
        (F.cross_entropy, "cross_entropy"),
        (nn.CrossEntropyLoss(), "CrossEntropyLoss"),
        (functools.partial(F.cross_entropy, label_smoothing=0.1), "partial"),
    ],
)
def test_a_loss_is_recorded_by_its_name(loss_fn, name):
    assert Supervised(loss_fn).loss_name == name
