import math

import pytest
import torch

from dlcourse.training.losses import Losses, NotFinite
from dlcourse.training.task import read_together


def add_all(losses, pairs):
    for loss, divisor in pairs:
        losses.add(torch.tensor(loss), divisor)


def test_the_mean_weighs_each_batch_by_its_divisor():
    losses = Losses(read_together)
    add_all(losses, [(1.0, 4), (2.0, 4), (4.0, 2)])
    assert losses.num_unread == 3
    losses.read()
    assert losses.num_unread == 0
    assert losses.total == 20.0  # 4 + 8 + 8
    assert losses.divisor == 10.0
    assert losses.mean == 2.0
    assert losses.newest == 4.0


def test_divisors_may_be_on_the_device():
    losses = Losses(read_together)
    add_all(losses, [(1.0, torch.tensor(0.5)), (3.0, torch.tensor(1.5))])
    losses.read()
    assert losses.mean == 2.5  # (0.5 + 4.5) / 2


def test_what_was_read_is_not_counted_again():
    losses = Losses(read_together)
    add_all(losses, [(1.0, 1)])
    losses.read()
    losses.read()
    add_all(losses, [(3.0, 1)])
    losses.read()
    assert losses.mean == 2.0


def test_an_epoch_starts_with_nothing():
    losses = Losses(read_together)
    add_all(losses, [(1.0, 8)])
    losses.read()
    losses.start_epoch()
    add_all(losses, [(5.0, 2)])
    losses.read()
    assert losses.mean == 5.0


def test_before_the_first_step_there_is_no_newest_loss():
    assert math.isnan(Losses(read_together).newest)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_the_first_loss_that_is_not_finite_is_named(value):
    losses = Losses(read_together)
    add_all(losses, [(1.0, 2), (value, 2), (math.nan, 2), (1.0, 2)])
    with pytest.raises(NotFinite, match=f"^the loss became {value}$") as caught:
        losses.read()
    assert caught.value.steps_ago == 2
    assert losses.newest == 1.0
    assert losses.total == 2.0


def test_several_processes_add_up_their_parts(monkeypatch):
    def combine_two(operation, values):
        assert operation == "SUM"
        return [2 * value for value in values]  # the other process has the same losses

    monkeypatch.setattr("dlcourse.training.losses.combine", combine_two)
    losses = Losses(read_together)
    add_all(losses, [(1.0, 4), (2.0, 4)])
    losses.read()
    assert losses.newest == 4.0
    assert losses.total == 24.0  # 2 * 4 + 4 * 4: the divisors are those of the whole batches
    assert losses.divisor == 8.0
