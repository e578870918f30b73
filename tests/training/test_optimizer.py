"""Optimizers: gradients that are clipped, steps without detours, and averages of weights."""

import pytest
import torch
from torch import nn

from dlcourse.training.config import TrainConfig
from dlcourse.training.optimizer import (
    DirectSteps,
    average_weights,
    make_optimizer,
    set_learning_rate,
)


@pytest.mark.parametrize(
    ("clip_norm", "expected"),
    [
        (1.0, [0.6, 0.8]),  # (3, 4) has length 5
        (10.0, [3.0, 4.0]),
        (0.0, [3.0, 4.0]),  # 0 switches clipping off
    ],
)
def test_a_gradient_that_is_too_long_keeps_its_direction(clip_norm, expected):
    layer = nn.Linear(2, 1, bias=False)
    optimizer = make_optimizer(layer, TrainConfig(clip_norm=clip_norm))
    layer.weight.grad = torch.tensor([[3.0, 4.0]])
    optimizer.step()
    # clip_grad_norm_ divides by the norm plus 1e-6.
    assert layer.weight.grad.flatten().tolist() == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", ["adamw", "sgd"])
def test_the_settings_reach_the_optimizer(name):
    model = nn.Linear(2, 2)
    config = TrainConfig(optimizer=name, learning_rate=0.5, weight_decay=0.25)
    optimizer = make_optimizer(model, config)
    (group,) = optimizer.param_groups
    assert type(optimizer).__name__.lower() == name
    assert group["lr"] == 0.5
    assert group["weight_decay"] == 0.25
    assert group["params"] == list(model.parameters())


def test_sgd_steps_as_pytorchs_own_with_nesterovs_momentum():
    ours = nn.Linear(2, 1)
    plain = nn.Linear(2, 1)
    plain.load_state_dict(ours.state_dict())
    config = TrainConfig(optimizer="sgd", learning_rate=0.1, weight_decay=0.0)
    optimizers = [
        make_optimizer(ours, config),
        torch.optim.SGD(plain.parameters(), lr=0.1, momentum=0.9, nesterov=True),
    ]
    for _ in range(3):
        for model, optimizer in zip((ours, plain), optimizers, strict=True):
            optimizer.zero_grad()
            model(torch.ones(2)).sum().backward()
            optimizer.step()
    # The fused step may round its last digit otherwise.
    torch.testing.assert_close(ours.weight, plain.weight, rtol=1e-6, atol=1e-6)


def test_each_group_gets_its_share_of_its_own_peak():
    layer = nn.Linear(2, 1)
    groups = [{"params": [layer.weight]}, {"params": [layer.bias], "initial_lr": 0.5}]
    optimizer = torch.optim.SGD(groups, lr=1.0)
    set_learning_rate(optimizer, peak=2.0, share=0.25)
    assert [group["lr"] for group in optimizer.param_groups] == [0.5, 0.125]


# Steps that call the kernel directly


def test_hooks_and_groups_are_not_passed_over():
    layer = nn.Linear(2, 1)
    calls = []
    optimizer = make_optimizer(layer, TrainConfig())
    optimizer.register_step_post_hook(lambda *_: calls.append("hook"))
    groups = [{"params": [layer.weight]}, {"params": [layer.bias], "lr": 0.0}]
    plain = torch.optim.SGD(groups, lr=1.0)
    for steps in (DirectSteps(optimizer), DirectSteps(plain)):
        for _ in range(3):
            steps.zero_grad()
            layer(torch.ones(2)).sum().backward()
            weight_before = layer.weight.clone()
            bias_before = layer.bias.clone()
            steps.step()
    assert calls == ["hook"] * 3
    assert torch.equal(layer.weight, weight_before - 1)  # the inputs are 1, so is the gradient
    assert torch.equal(layer.bias, bias_before)


class Branches(nn.Module):
    """A layer that learns, one that is frozen, and one that has a gradient at some steps."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.first = nn.Linear(3, 4)
        self.frozen = nn.Linear(4, 4)
        self.late = nn.Linear(4, 2)
        self.frozen.requires_grad_(False)

    def forward(self, inputs, is_late):
        x = self.frozen(self.first(inputs).tanh())
        if is_late:
            return self.late(x)
        return x[:, :2]


@pytest.mark.parametrize("name", ["adamw", "sgd"])
def test_direct_steps_are_those_of_the_optimizer_bit_by_bit(name):
    config = TrainConfig(optimizer=name, weight_decay=0.1)
    plain_model = Branches()
    model = Branches()
    plain = make_optimizer(plain_model, config)
    optimizer = make_optimizer(model, config)
    direct = DirectSteps(optimizer)
    inputs = torch.randn(8, 3, generator=torch.Generator().manual_seed(1))
    for number in range(20):
        if number == 10:  # as a resumed run continues
            state = optimizer.state_dict()
            optimizer = make_optimizer(model, config)
            optimizer.load_state_dict(state)
            direct = DirectSteps(optimizer)
        # SGD's fused kernel takes no weight that gets its first gradient later (PyTorch 2.13).
        is_late = name == "sgd" or (number >= 2 and number != 15)
        for one in (plain, optimizer):
            one.param_groups[0]["lr"] = 0.1 / (number + 1)
        for network, steps in ((plain_model, plain), (model, direct)):
            steps.zero_grad()
            network(inputs, is_late).square().mean().backward()
            steps.step()
    for expected, weight in zip(plain_model.parameters(), model.parameters(), strict=True):
        assert torch.equal(expected, weight)
    assert not torch.equal(model.late.weight, Branches().late.weight)


# Averages of weights


def take_step(model, optimizer):
    """Let a weight grow by 1, with a learning rate of 1."""
    model.weight.grad = torch.tensor([[-1.0]])
    optimizer.step()


def make_counter():
    """Return a network whose only weight is 0, and its optimizer."""
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    return model, torch.optim.SGD(model.parameters(), lr=1.0)


@pytest.mark.parametrize(
    ("decay", "expected"),
    [
        # The weights are 0, 1, 2 and 3.
        (0.5, 2.125),  # 0 -> 0.5 -> 1.25 -> 2.125
        (0.9, 0.561),  # 0 -> 0.1 -> 0.9 * 0.1 + 0.1 * 2 = 0.29 -> 0.9 * 0.29 + 0.1 * 3 = 0.561
    ],
)
def test_the_average_is_that_of_the_formula(decay, expected):
    model, optimizer = make_counter()
    average = average_weights(model, {"": optimizer}, decay)
    for _ in range(3):
        take_step(model, optimizer)
    assert average.weight.item() == pytest.approx(expected, rel=1e-6)  # float32
    assert model.weight.item() == 3.0
    take_step(model, optimizer)  # the optimizer still moves the weights of the model
    assert model.weight.item() == 4.0


def test_each_learner_is_averaged_after_its_own_steps():
    first, first_optimizer = make_counter()
    second, second_optimizer = make_counter()
    network = nn.ModuleDict({"first": first, "second": second})
    optimizers = {"first": first_optimizer, "second": second_optimizer}
    average = average_weights(network, optimizers, 0.5)
    take_step(first, first_optimizer)
    assert average["first"].weight.item() == 0.5
    assert average["second"].weight.item() == 0.0
    take_step(second, second_optimizer)
    take_step(second, second_optimizer)
    assert average["first"].weight.item() == 0.5
    assert average["second"].weight.item() == 1.25


def test_the_statistics_of_batch_normalization_are_the_models_own():
    model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    average = average_weights(model, {"": optimizer}, 0.5)
    model(torch.randn(8, 2))
    assert average[1].running_mean.abs().sum() > 0
    assert torch.equal(average[1].running_mean, model[1].running_mean)
    assert average[1].num_batches_tracked == 1


def count_slow_steps(optimizer, model, num_steps=3):
    """Take direct steps; return how many of them went through the optimizer's own step."""
    slow_steps = []
    real_step = optimizer.step

    def step():
        slow_steps.append(len(slow_steps))
        real_step()

    optimizer.step = step
    direct = DirectSteps(optimizer)
    for _ in range(num_steps):
        direct.zero_grad()
        model(torch.ones(2, 4)).square().sum().backward()
        direct.step()
    return len(slow_steps)


@pytest.mark.parametrize("name", ["adamw", "sgd"])
def test_only_the_first_step_goes_through_the_optimizer(name):
    """Its own way takes 75 µs more; the first step begins what is kept of each weight."""
    model = nn.Linear(4, 3)
    optimizer = make_optimizer(model, TrainConfig(optimizer=name, device="cpu"))
    assert [group["fused"] for group in optimizer.param_groups] == [True]
    assert count_slow_steps(optimizer, model) == 1


def test_a_network_of_a_single_weight_is_stepped_directly():
    model = nn.Linear(4, 3, bias=False)
    assert count_slow_steps(make_optimizer(model, TrainConfig(device="cpu")), model) == 1


def make_other_optimizers(model):
    """Yield optimizers whose steps are more than one call of a fused kernel."""
    weights = list(model.parameters())
    yield "another class", torch.optim.Adam(weights, fused=True)
    yield "two groups", torch.optim.AdamW([{"params": [one]} for one in weights], fused=True)
    yield "not fused", torch.optim.AdamW(weights, fused=False)
    yield "amsgrad", torch.optim.AdamW(weights, amsgrad=True, fused=True)
    before = torch.optim.AdamW(weights, fused=True)
    before.register_step_pre_hook(lambda *_: None)
    yield "a hook before", before
    after = torch.optim.AdamW(weights, fused=True)
    after.register_step_post_hook(lambda *_: None)
    yield "a hook after", after


@pytest.mark.parametrize("kind", [kind for kind, _ in make_other_optimizers(nn.Linear(4, 3))])
def test_all_steps_of_other_optimizers_go_through_them(kind):
    model = nn.Linear(4, 3)
    optimizer = dict(make_other_optimizers(model))[kind]
    assert count_slow_steps(optimizer, model) == 3


def test_a_weight_without_gradient_lets_the_optimizer_step():
    """The kernel would need a gradient of every weight."""
    model = nn.ModuleList([nn.Linear(4, 3), nn.Linear(4, 3)])
    optimizer = make_optimizer(model, TrainConfig(device="cpu"))
    direct = DirectSteps(optimizer)
    for is_used in (True, True, False, True):
        direct.zero_grad()
        output = model[0](torch.ones(2, 4)).sum()
        if is_used:
            output = output + model[1](torch.ones(2, 4)).sum()
        output.backward()
        direct.step()
    counts = [int(optimizer.state[weight]["step"]) for weight in model.parameters()]
    assert counts == [4, 4, 3, 3]


def test_without_weights_there_is_nothing_to_step():
    frozen = nn.Linear(4, 3).requires_grad_(False)
    direct = DirectSteps(make_optimizer(frozen, TrainConfig(device="cpu")))
    before = frozen.weight.clone()
    direct.zero_grad()
    direct.step()
    assert torch.equal(frozen.weight, before)
