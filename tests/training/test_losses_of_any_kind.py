"""The Trainer with other losses than cross entropy, and with networks of several learners."""

import copy
import csv
import dataclasses
import json

import pytest
import torch
import torch.nn.functional as F
from tiny_gan import TinyGAN
from torch import nn

from dlcourse.errors import CheckpointError
from dlcourse.training.checkpoint import load_checkpoint
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.task import Task
from dlcourse.training.trainer import Trainer

CONFIG = TrainConfig(epochs=20, learning_rate=0.05, device="cpu")


def split_examples(*parts):
    """Return batches of 16, 16 and 8 of 40 examples."""
    return list(zip(*(part.split(16) for part in parts), strict=True))


def make_inputs():
    generator = torch.Generator().manual_seed(1)
    return torch.randn(40, 2, generator=generator, dtype=torch.float64)


def get_weights(model):
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


# A loss of one's own


class WithItsSize(nn.Module):
    """Returns its outputs and the size of its weights, as networks with more than one loss do."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.layer = nn.Linear(2, 1)

    def forward(self, inputs):
        return self.layer(inputs), self.layer.weight.square().sum()


def shrinking_loss(outputs, targets):
    values, size = outputs
    return F.mse_loss(values.flatten(), targets) + 0.1 * size


def test_a_loss_of_several_outputs_is_made_small_in_pieces_too(tmp_path):
    inputs = make_inputs()
    batches = split_examples(inputs, inputs.sum(dim=1))
    weights = []
    for accumulate in (1, 3):
        config = dataclasses.replace(CONFIG, accumulate=accumulate)
        run = RunFolder(tmp_path / str(accumulate))
        run.create({}, config)
        trainer = Trainer(WithItsSize().double(), config, run, loss_fn=shrinking_loss)
        trainer.fit(batches, batches)
        weights.append(get_weights(trainer.model))
        first = trainer.history[0]
        last = trainer.history[-1]
        assert last.figures["loss"] < first.figures["loss"] / 2
        assert list(last.figures) == ["loss"]
        with run.metrics.open() as file:
            assert "validation_accuracy" not in csv.DictReader(file).fieldnames
    # float64: sums in another order
    torch.testing.assert_close(*weights, rtol=1e-12, atol=1e-12)


def test_classes_have_no_accuracy_where_the_network_returns_more_than_logits():
    def loss_fn(outputs, targets):
        logits, size = outputs
        return F.cross_entropy(logits, targets) + 0.1 * size

    model = WithItsSize()
    model.layer = nn.Linear(2, 2)
    inputs = make_inputs()
    batches = split_examples(inputs, (inputs[:, 0] > 0).long())
    trainer = Trainer(model.double(), CONFIG, loss_fn=loss_fn)
    trainer.fit(batches, batches)
    first = trainer.history[0]
    last = trainer.history[-1]
    assert list(last.figures) == ["loss"]
    assert last.figures["loss"] < first.figures["loss"]


def test_a_run_is_resumed_with_its_own_loss(tmp_path):
    run = RunFolder(tmp_path)
    run.create({}, CONFIG)
    inputs = make_inputs()
    batches = split_examples(inputs, (inputs[:, 0] > 0).long())
    Trainer(nn.Linear(2, 2).double(), CONFIG, run).fit(batches, batches)
    other = Trainer(nn.Linear(2, 2).double(), CONFIG, run, loss_fn=F.multi_margin_loss)
    with pytest.raises(CheckpointError, match="has loss cross_entropy, this run multi_margin_loss"):
        other.fit(batches, batches, resume=True)


# Two learners


def make_gan():
    torch.manual_seed(0)
    discriminator = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
    generator = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 2))
    network = nn.ModuleDict({"discriminator": discriminator, "generator": generator})
    return network.double()


def make_gan_batches():
    noise_source = torch.Generator().manual_seed(2)
    noise = torch.randn(40, 3, generator=noise_source, dtype=torch.float64)
    return split_examples(2 + make_inputs(), noise)


def train_gan(**settings):
    trainer = Trainer(make_gan(), dataclasses.replace(CONFIG, **settings), task=TinyGAN())
    trainer.fit(make_gan_batches(), make_gan_batches())
    return trainer


def test_learners_take_the_steps_of_pytorchs_own_parts():
    """The same run by hand, with the average of each learner after the steps of its optimizer."""
    trainer = train_gan(epochs=2, average_decay=0.9, warmup=0.0, schedule="constant")
    network = make_gan()
    average = copy.deepcopy(network)
    optimizers = {
        learner: torch.optim.AdamW(network[learner].parameters(), lr=0.05, weight_decay=0.01)
        for learner in TinyGAN.learners
    }
    for _ in range(2):
        for batch in make_gan_batches():
            for learner, loss in TinyGAN().losses(network, batch):
                optimizers[learner].zero_grad()
                loss.backward()
                optimizers[learner].step()
                averages = average[learner].parameters()
                for mean, weight in zip(averages, network[learner].parameters(), strict=True):
                    mean.data = 0.9 * mean.data + 0.1 * weight.data
    # 6 steps in float64, fused and not
    difference = get_weights(trainer.model) - get_weights(average)
    assert difference.abs().max() < 1e-12
    assert not torch.equal(get_weights(average), get_weights(network))


@pytest.mark.parametrize("average_decay", [0.0, 0.9])
@pytest.mark.parametrize("num_pieces", [2, 3, 20])
def test_learners_take_the_same_steps_in_pieces(num_pieces, average_decay):
    whole = train_gan(average_decay=average_decay)
    pieces = train_gan(average_decay=average_decay, accumulate=num_pieces)
    difference = get_weights(whole.model) - get_weights(pieces.model)
    assert difference.abs().max() < 1e-12  # 60 steps in float64
    for expected, row in zip(whole.history, pieces.history, strict=True):
        assert row.train_loss == pytest.approx(expected.train_loss, rel=1e-12)


def test_two_learners_resume_with_both_optimizers(tmp_path):
    config = dataclasses.replace(CONFIG, epochs=2, checkpoint_seconds=0.0)
    whole = train_gan(epochs=2)
    run = RunFolder(tmp_path)
    run.create({}, config)

    def stop_in_the_second_epoch(progress):
        if progress.step == 4:
            stopped.stop(15)

    stopped = Trainer(
        make_gan(),
        config,
        run,
        report=stop_in_the_second_epoch,
        task=TinyGAN(),
        report_seconds=0.0,
    )
    with pytest.raises(KeyboardInterrupt, match="step 4 of 6 is done"):
        stopped.fit(make_gan_batches(), make_gan_batches())
    resumed = Trainer(make_gan(), config, run, task=TinyGAN())
    resumed.fit(make_gan_batches(), make_gan_batches(), resume=True)
    assert torch.equal(get_weights(resumed.model), get_weights(whole.model))


def test_a_checkpoint_has_an_optimizer_of_each_learner(tmp_path):
    config = dataclasses.replace(CONFIG, epochs=1)
    run = RunFolder(tmp_path)
    run.create({}, config)
    trainer = Trainer(make_gan(), config, run, task=TinyGAN())
    trainer.fit(make_gan_batches(), make_gan_batches())
    saved = load_checkpoint(run.list_checkpoints()[-1])
    assert {"optimizer discriminator", "optimizer generator"} < set(saved)
    assert json.loads(saved["record"])["run"]["optimizer class"] == "AdamW, AdamW"


# Another figure by which epochs are compared


class Highest(Task):
    """A loss that falls and a figure that is the highest in the second epoch."""

    metric = "score"
    is_higher_better = True

    def loss(self, network, batch):
        return network(batch[0]).mean()

    def measure(self, network, batch):
        value = network(torch.ones(1, 1)).squeeze()
        return {"score": (-(value + 2).square(), 1)}


def test_the_best_epoch_is_that_with_the_highest_figure():
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    config = TrainConfig(
        epochs=9, learning_rate=1.0, warmup=0.0, schedule="constant", patience=2, device="cpu"
    )
    trainer = Trainer(model, config, task=Highest())
    trainer.optimizers[""] = torch.optim.SGD(model.parameters(), lr=1.0)
    batches = [(torch.ones(1, 1),)]
    trainer.fit(batches, batches)
    # The weight is -1, -2, -3 and -4 after the epochs.
    assert [end.figures["score"] for end in trainer.history] == [-1.0, 0.0, -1.0, -4.0]
    assert model.weight.item() == -2.0
