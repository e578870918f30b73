"""The Trainer: its steps are those of PyTorch's own parts, and it reports what it does."""

import csv
import dataclasses
import math
import time

import pytest
import torch
import torch.nn.functional as F
from small_run import CONFIG, get_weights, make_batches, make_model
from torch import nn
from torch.optim.lr_scheduler import LambdaLR

from dlcourse.errors import EnvironmentProblem, TrainingDiverged
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.schedule import one_cycle
from dlcourse.training.trainer import Trainer

PLAIN_STEPS = TrainConfig(  # of gradient descent, once the optimizer is SGD
    epochs=3, learning_rate=0.5, weight_decay=0.0, warmup=0.0, schedule="constant", device="cpu"
)


@pytest.fixture
def run(tmp_path):
    run = RunFolder(tmp_path / "run")
    run.create({}, CONFIG)
    return run


# Steps


def test_it_learns_what_can_be_learned():
    trainer = Trainer(make_model(), TrainConfig(epochs=20, learning_rate=0.05, device="cpu"))
    trainer.fit(make_batches(200), make_batches(200))
    assert trainer.history[-1].figures["accuracy"] > 0.95


def test_its_steps_are_those_of_pytorchs_own_parts():
    """The same run by hand: AdamW, not fused, with PyTorch's scheduler around the closed form."""
    batches = make_batches()
    trainer = Trainer(make_model(), CONFIG)
    trainer.fit(batches, batches)
    model = make_model().train()
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=CONFIG.learning_rate, weight_decay=CONFIG.weight_decay
    )
    scheduler = LambdaLR(optimizer, lambda step: one_cycle(min(step, 8), 9, warmup=CONFIG.warmup))
    torch.manual_seed(CONFIG.seed)
    for _ in range(3):
        for inputs, labels in batches:
            optimizer.zero_grad()
            F.cross_entropy(model(inputs), labels).backward()
            optimizer.step()
            scheduler.step()
    # Fused AdamW rounds in another order; 9 steps of 0.05 cannot carry float32's 6e-8 beyond 1e-5.
    assert torch.allclose(get_weights(trainer.model), get_weights(model), atol=1e-5)


def test_the_seed_decides_the_run():
    def train(seed):
        trainer = Trainer(make_model(), TrainConfig(epochs=2, seed=seed, device="cpu"))
        trainer.fit(make_batches(), make_batches())
        return get_weights(trainer.model)

    assert torch.equal(train(1), train(1))
    assert not torch.equal(train(1), train(2))  # another dropout


def test_a_second_fit_continues_from_the_weights_of_the_first():
    trainer = Trainer(make_model(), CONFIG)
    trainer.fit(make_batches(), make_batches())
    first = trainer.history[-1]
    trainer.fit(make_batches(), make_batches())
    assert len(trainer.history) == 3
    assert trainer.history[-1].step == 9
    assert trainer.history[0].train_loss < first.train_loss


def test_convolutions_get_the_memory_format_that_is_fast():
    # With one channel both formats are the same.
    model = nn.Sequential(nn.Conv2d(3, 2, 3), nn.Flatten(), nn.Linear(72, 2))
    weight = model[0].weight.detach().clone()
    trainer = Trainer(model, CONFIG)
    assert trainer.model[0].weight.is_contiguous(memory_format=torch.channels_last)
    assert torch.equal(trainer.model[0].weight, weight)


def test_no_batches_are_refused():
    said = "^train_batches must hold at least one batch, got none$"
    with pytest.raises(ValueError, match=said):
        Trainer(make_model(), CONFIG).fit([], make_batches())


def test_a_device_that_is_not_there_stops_before_anything(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(EnvironmentProblem, match="there is no device cuda"):
        Trainer(make_model(), TrainConfig(device="cuda"))


# Reports


def test_reports_count_up_and_end_each_epoch_with_a_validation():
    reports = []
    trainer = Trainer(make_model(), CONFIG, report=reports.append)
    trainer.fit(make_batches(), make_batches())
    steps = [report.step for report in reports]
    assert steps == sorted(steps)
    ends = [report for report in reports if report.is_epoch_end]
    assert ends == trainer.history
    assert [end.epoch for end in ends] == [1, 2, 3]
    assert [end.step for end in ends] == [3, 6, 9]
    for end in ends:
        assert end.epochs == 3
        assert end.total_steps == 9
        assert 0 <= end.figures["accuracy"] <= 1
        assert end.seconds_left >= 0
    assert ends[-1].seconds_left == 0
    # 3 epochs of 40 examples
    assert ends[-1].examples_per_second == pytest.approx(120 / ends[-1].seconds)


def test_every_report_has_the_learning_rate_of_its_step(run):
    reports = []
    trainer = Trainer(
        make_model(), CONFIG, run, report=reports.append, report_seconds=0.0, file_seconds=0.0
    )
    trainer.fit(make_batches(), make_batches())
    expected = [0.05 * one_cycle(step, 9, warmup=CONFIG.warmup) for step in range(9)]
    assert len(set(expected)) == 9
    inside = [report for report in reports if not report.is_epoch_end]
    assert [report.step for report in inside] == list(range(1, 10))
    assert [report.learning_rate for report in inside] == pytest.approx(expected)
    ends = [expected[2], expected[5], expected[8]]
    assert [end.learning_rate for end in trainer.history] == pytest.approx(ends)
    with run.metrics.open() as file:
        column = [float(row["learning_rate"]) for row in csv.DictReader(file)]
    assert column == pytest.approx(ends)


def mean_of_outputs(outputs, targets):
    return outputs.mean()


def make_counter(config, **options):
    """Return a Trainer whose only weight begins at 0, and is its loss for inputs of 1."""
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    trainer = Trainer(model, config, loss_fn=mean_of_outputs, **options)
    trainer.optimizers[""] = torch.optim.SGD(model.parameters(), lr=config.learning_rate)
    return trainer


def test_the_loss_of_an_epoch_is_the_mean_over_its_own_steps():
    reports = []
    trainer = make_counter(PLAIN_STEPS, report=reports.append, report_seconds=0.0)
    batches = [(torch.ones(3, 1), torch.ones(3)), (torch.ones(1, 1), torch.ones(1))]
    trainer.fit(batches, batches)
    # The gradient is 1 and the rate 0.5, so the weight, which is the loss, falls by 0.5 a step.
    inside = [report.train_loss for report in reports if not report.is_epoch_end]
    assert inside == [0.0, -0.5, -1.0, -1.5, -2.0, -2.5]
    # Three of four examples are in the first batch: (3 * 0 - 0.5) / 4, and so on.
    assert [end.train_loss for end in trainer.history] == [-0.125, -1.125, -2.125]
    assert [end.figures["loss"] for end in trainer.history] == [-1.0, -2.0, -3.0]


def test_a_group_with_its_own_peak_keeps_its_ratio():
    model = make_model()
    trainer = Trainer(model, CONFIG)
    groups = [
        {"params": model[0].parameters(), "initial_lr": 0.005},
        {"params": model[3].parameters()},
    ]
    optimizer = torch.optim.SGD(groups, lr=1.0)
    rates = []

    def note_rates(*_):
        rates.append([group["lr"] for group in optimizer.param_groups])

    optimizer.register_step_pre_hook(note_rates)
    trainer.optimizers[""] = optimizer
    trainer.fit(make_batches(), make_batches())
    shares = [one_cycle(step, 9, warmup=CONFIG.warmup) for step in range(9)]
    assert [rate for rate, _ in rates] == pytest.approx([0.005 * share for share in shares])
    assert [rate for _, rate in rates] == pytest.approx([0.05 * share for share in shares])


# Losses that are not finite


def test_losses_that_are_read_together_still_name_the_first_bad_step():
    batches = make_batches()
    inputs, labels = batches[1]
    poisoned = [batches[0], (inputs * math.inf, labels), batches[2]]
    trainer = Trainer(make_model(), CONFIG, report_seconds=1e9)  # the first step alone is reported
    with pytest.raises(TrainingDiverged, match="at step 2,"):
        trainer.fit(poisoned, batches)


def test_a_learning_rate_that_is_far_too_high_is_named():
    trainer = Trainer(make_model(), TrainConfig(learning_rate=1e30, warmup=0, schedule="constant"))
    with pytest.raises(TrainingDiverged, match=r"learning rate 1e\+30"):
        trainer.fit(make_batches(), make_batches())


# The best weights, and averaged ones


class Worsening(list):
    """Batches whose labels are inverted after the first epochs, so that the network gets worse."""

    def __init__(self, good_epochs):
        super().__init__(make_batches())
        self.good_epochs = good_epochs

    def __iter__(self):
        self.good_epochs -= 1
        for inputs, labels in list.__iter__(self):
            if self.good_epochs >= 0:
                yield inputs, labels
            else:
                yield inputs, 1 - labels


@pytest.mark.parametrize("has_folder", [True, False])
def test_a_run_that_no_longer_improves_ends_with_its_best_weights(tmp_path, has_folder):
    config = TrainConfig(epochs=50, learning_rate=0.05, warmup=0, patience=2, device="cpu")
    run = None
    if has_folder:
        run = RunFolder(tmp_path / "run")
        run.create({}, config)
    trainer = Trainer(make_model(), config, run)
    trainer.fit(Worsening(4), make_batches())
    losses = [end.figures["loss"] for end in trainer.history]
    # The best epoch, and two that were not better.
    assert len(losses) == losses.index(min(losses)) + 3
    assert len(losses) < 50
    assert evaluate(trainer.model, make_batches(), trainer.device)[0] == min(losses)
    if run is not None:
        restored = make_model()
        run.restore_weights(restored)
        assert torch.equal(get_weights(restored), get_weights(trainer.model))


@pytest.mark.parametrize("has_folder", [True, False])
def test_the_weights_of_a_run_without_patience_are_the_last(run, has_folder):
    trainer = Trainer(make_model(), CONFIG, run if has_folder else None)
    last_weights = []
    trainer.report = lambda progress: last_weights.append(get_weights(trainer.model))
    trainer.fit(Worsening(1), make_batches())
    losses = [end.figures["loss"] for end in trainer.history]
    assert losses[-1] > min(losses)
    assert torch.equal(get_weights(trainer.model), last_weights[-1])


def test_averaged_weights_are_those_of_the_formula():
    config = dataclasses.replace(PLAIN_STEPS, epochs=1, average_decay=0.75)
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    config = dataclasses.replace(config, optimizer="sgd")
    trainer = Trainer(model, config, loss_fn=mean_of_outputs)
    batches = [(torch.ones(1, 1), torch.ones(1))] * 2
    trainer.fit(batches, batches)
    # The gradient is 1. Nesterov's momentum of 0.9 makes the first step 1 + 0.9 and the second
    # 1 + 0.9 * 1.9, times 0.5. The weight goes 0 -> -0.95 -> -2.305; the average is
    # 0.75 * (0.25 * -0.95) + 0.25 * -2.305.
    assert model.weight.item() == pytest.approx(-0.754375, rel=1e-6)  # float32
    assert trainer.history[-1].figures["loss"] == pytest.approx(-0.754375, rel=1e-6)


# On a GPU, and beside the bare loop


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
def test_cuda_trains_as_the_cpu_does():
    histories = []
    for device in ("cpu", "cuda"):
        layers = make_model()
        model = nn.Sequential(layers[0], nn.Tanh(), layers[3])  # dropout draws on the device
        trainer = Trainer(model, TrainConfig(epochs=3, learning_rate=0.05, device=device))
        trainer.fit(make_batches(), make_batches())
        histories.append([end.figures["loss"] for end in trainer.history])
    # float32 sums in another order, for 9 steps
    assert histories[0] == pytest.approx(histories[1], abs=1e-4)


@pytest.mark.soak
def test_a_step_costs_no_more_than_in_the_bare_loop():
    """The loop that people write, with PyTorch's fused AdamW, beside the Trainer's defaults."""
    config = TrainConfig(epochs=10, device="cpu")
    batches = 10 * make_batches(200)

    def train_bare():
        model = make_model().train()
        optimizer = torch.optim.AdamW(model.parameters(), lr=0.01, fused=True)
        for _ in range(config.epochs):
            for inputs, labels in batches:
                loss = F.cross_entropy(model(inputs), labels)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()

    def train_ours():
        trainer = Trainer(make_model(), config, report=lambda progress: None)
        trainer.fit(batches, batches[:1])

    def measure_seconds(train):
        started = time.process_time()
        train()
        return time.process_time() - started

    num_steps = config.epochs * len(batches)
    overheads = []
    for _ in range(9):
        bare_seconds = measure_seconds(train_bare)
        our_seconds = measure_seconds(train_ours)
        overheads.append((our_seconds - bare_seconds) / num_steps)
    median = sorted(overheads)[4]
    print(f"a step takes {median * 1e6:+.0f} µs")
    assert median < 0  # -102 to -71 µs have been seen on a busy machine


def test_a_run_folder_is_created_where_nobody_has_created_it(tmp_path):
    run = RunFolder(tmp_path / "new")
    Trainer(make_model(), CONFIG, run).fit(make_batches(), make_batches())
    assert run.read_config() == ({}, CONFIG)
    assert run.weights.exists()
