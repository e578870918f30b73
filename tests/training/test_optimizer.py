import pytest
import torch
from torch import nn

from dlcourse.training.config import TrainConfig
from dlcourse.training.optimizer import clip_gradients, make_optimizer


@pytest.mark.parametrize(
    ("max_norm", "expected"),
    [(1.0, [-0.6, -0.8]), (10.0, [-3.0, -4.0])],  # (3, 4) has length 5
)
def test_a_gradient_that_is_too_long_keeps_its_direction(max_norm, expected):
    weight = nn.Parameter(torch.zeros(2))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    clip_gradients(optimizer, max_norm)
    weight.grad = torch.tensor([3.0, 4.0])
    optimizer.step()
    # clip_grad_norm_ divides by the norm plus 1e-6
    assert weight.tolist() == pytest.approx(expected, rel=1e-5)


def test_the_settings_reach_the_optimiser():
    model = nn.Linear(2, 2)
    optimizer = make_optimizer(model, TrainConfig(learning_rate=0.5, weight_decay=0.25))
    (group,) = optimizer.param_groups
    assert (group["lr"], group["weight_decay"], group["params"]) == (0.5, 0.25, list(model.parameters()))


def test_clipping_is_for_those_who_ask():
    for clip_norm, length in ((0.0, 5.0), (1.0, 1.0)):
        weight = nn.Linear(2, 1, bias=False)
        optimizer = make_optimizer(weight, TrainConfig(clip_norm=clip_norm))
        weight.weight.grad = torch.tensor([[3.0, 4.0]])
        optimizer.step()
        assert weight.weight.grad.norm().item() == pytest.approx(length, rel=1e-5)  # 1e-6, as above
