import torch
from torch import nn

from dlcourse.training.optimizer import average_weights


def step(model, optimizer):
    model.weight.grad = torch.tensor([[-1.0]])
    optimizer.step()


def test_the_average_is_that_of_the_formula():
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    average = average_weights(model, optimizer, 0.5)
    for _ in range(3):
        step(model, optimizer)
    # the weights are 0, 1, 2, 3 and halves are exact: 0 -> 0.5 -> 1.25 -> 2.125
    assert average.weight.item() == 2.125
    assert model.weight.item() == 3.0
    step(model, optimizer)  # the optimiser still moves the model's weights
    assert model.weight.item() == 4.0


def test_the_statistics_of_batch_normalisation_are_the_models_own():
    model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    average = average_weights(model, torch.optim.SGD(model.parameters(), lr=1.0), 0.5)
    model(torch.randn(8, 2))
    assert average[1].running_mean.abs().sum() > 0
    assert torch.equal(average[1].running_mean, model[1].running_mean)
    assert average[1].num_batches_tracked == 1
