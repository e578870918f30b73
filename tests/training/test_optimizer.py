import pytest
import torch
from torch import nn

from dlcourse.training.config import TrainConfig
from dlcourse.training.optimizer import DirectSteps, make_optimizer


@pytest.mark.parametrize(
    ("clip_norm", "expected"),
    [
        (1.0, [0.6, 0.8]),
        (10.0, [3.0, 4.0]),
        (0.0, [3.0, 4.0]),
    ],  # (3, 4) has length 5; 0 is for no clipping
)
def test_a_gradient_that_is_too_long_keeps_its_direction(clip_norm, expected):
    layer = nn.Linear(2, 1, bias=False)
    optimizer = make_optimizer(layer, TrainConfig(clip_norm=clip_norm))
    layer.weight.grad = torch.tensor([[3.0, 4.0]])
    optimizer.step()
    # clip_grad_norm_ divides by the norm plus 1e-6
    assert layer.weight.grad.flatten().tolist() == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", ["adamw", "sgd"])
def test_the_settings_reach_the_optimiser(name):
    model = nn.Linear(2, 2)
    optimizer = make_optimizer(
        model, TrainConfig(optimizer=name, learning_rate=0.5, weight_decay=0.25)
    )
    (group,) = optimizer.param_groups
    assert type(optimizer).__name__.lower() == name
    assert (group["lr"], group["weight_decay"], group["params"]) == (
        0.5,
        0.25,
        list(model.parameters()),
    )


def test_sgd_steps_as_pytorch_s_own_with_nesterov_s_momentum():
    ours, plain = nn.Linear(2, 1), nn.Linear(2, 1)
    plain.load_state_dict(ours.state_dict())
    optimizers = [
        make_optimizer(ours, TrainConfig(optimizer="sgd", learning_rate=0.1, weight_decay=0.0)),
        torch.optim.SGD(plain.parameters(), lr=0.1, momentum=0.9, nesterov=True),
    ]
    for _ in range(3):
        for model, optimizer in zip((ours, plain), optimizers, strict=True):
            optimizer.zero_grad()
            model(torch.ones(2)).sum().backward()
            optimizer.step()
    # the fused step may round its last digit otherwise
    torch.testing.assert_close(ours.weight, plain.weight, rtol=1e-6, atol=1e-6)


def test_hooks_and_other_optimisers_are_not_passed_over():
    layer, calls = nn.Linear(2, 1), []
    optimizer = make_optimizer(layer, TrainConfig())
    optimizer.register_step_post_hook(lambda *_: calls.append("hook"))
    groups = torch.optim.SGD(
        [{"params": [layer.weight]}, {"params": [layer.bias], "lr": 0.0}], lr=1.0
    )
    for steps in (DirectSteps(optimizer), DirectSteps(groups)):
        for _ in range(3):
            steps.zero_grad()
            layer(torch.ones(2)).sum().backward()
            before = layer.weight.clone(), layer.bias.clone()
            steps.step()
    assert calls == ["hook"] * 3
    assert torch.equal(layer.weight, before[0] - 1)
    assert torch.equal(layer.bias, before[1])


class Branches(nn.Module):
    """A layer that learns, one that is frozen, and one that has a gradient at some steps."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.first, self.frozen, self.late = nn.Linear(3, 4), nn.Linear(4, 4), nn.Linear(4, 2)
        self.frozen.requires_grad_(False)

    def forward(self, inputs, is_late):
        x = self.frozen(self.first(inputs).tanh())
        return self.late(x) if is_late else x[:, :2]


@pytest.mark.parametrize("name", ["adamw", "sgd"])
def test_direct_steps_are_those_of_the_optimiser_bit_by_bit(name):
    models = [Branches(), Branches()]
    inputs = torch.randn(8, 3, generator=torch.Generator().manual_seed(1))
    config = TrainConfig(optimizer=name, weight_decay=0.1)
    optimizers = [make_optimizer(model, config) for model in models]
    direct = DirectSteps(optimizers[1])
    for number in range(20):
        if number == 10:  # as a resumed run goes on
            state = optimizers[1].state_dict()
            optimizers[1] = make_optimizer(models[1], config)
            optimizers[1].load_state_dict(state)
            direct = DirectSteps(optimizers[1])
        is_late = (
            2 <= number != 15 or name == "sgd"
        )  # whose fused kernel takes no latecomer, PyTorch 2.13
        for model, steps in zip(models, (optimizers[0], direct), strict=True):
            steps.zero_grad()
            model(inputs, is_late).square().mean().backward()
            for optimizer in optimizers:
                optimizer.param_groups[0]["lr"] = 0.1 / (number + 1)
            steps.step()
    for one, other in zip(models[0].parameters(), models[1].parameters(), strict=True):
        assert torch.equal(one, other)
    assert not torch.equal(models[1].late.weight, Branches().late.weight)
