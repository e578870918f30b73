import pytest
import torch
from torch import nn

from dlcourse.training.weight_average import WeightAverage


def make_averaged(decay):
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    return model, optimizer, WeightAverage(model, optimizer, decay)


def step(model, optimizer):
    model.weight.grad = torch.tensor([[-1.0]])
    optimizer.step()


def test_the_average_is_that_of_the_formula():
    model, optimizer, average = make_averaged(0.5)
    for _ in range(3):
        step(model, optimizer)
    # the weights are 0, 1, 2, 3 and halves are exact: 0 -> 0.5 -> 1.25 -> 2.125
    assert average.averages[0].item() == 2.125
    with average.as_weights():
        assert model.weight.item() == 2.125
        assert model.state_dict()["weight"].item() == 2.125
    assert model.weight.item() == 3.0
    step(model, optimizer)  # the optimiser still moves the model's weights
    assert model.weight.item() == 4.0


def test_a_decay_of_0_changes_nothing():
    model, optimizer, average = make_averaged(0.0)
    step(model, optimizer)
    with average.as_weights():
        assert model.weight.item() == 1.0
    assert average.averages == []


def test_averages_that_do_not_fit_are_refused():
    _, _, average = make_averaged(0.5)
    average.load([torch.ones(1, 1)])
    assert average.averages[0].item() == 1.0
    with pytest.raises(ValueError, match="zip"):
        average.load([])
    with pytest.raises(RuntimeError):
        average.load([torch.ones(2, 2)])
