"""Batches that depend on the network cannot be drawn again: their state is saved with the run."""

import torch
from torch import nn
from torch.nn.functional import mse_loss

from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.signals import Interrupted
from dlcourse.training.trainer import Trainer

NUM_BATCHES = 10


class BatchesOfItsOwn:
    """Inputs that depend on the present weights and on the batches before, as in a game."""

    def __init__(self, network):
        self.network = network
        self.position = torch.zeros(4, 3)
        self.num_done = 0

    def __len__(self):
        return NUM_BATCHES

    def __iter__(self):
        while self.num_done < NUM_BATCHES:
            self.num_done += 1
            with torch.no_grad():
                self.position = (self.position + self.network(self.position) + 1).sin()
            yield self.position, self.position.flip(1)
        self.num_done = 0

    def state_dict(self):
        return {"position": self.position, "num_done": self.num_done}

    def load_state_dict(self, state):
        self.position = state["position"]
        self.num_done = state["num_done"]


def train(folder, last_step=None, resume=False):
    """Train for three epochs; stop after a step if one is given. Return the weights."""
    torch.manual_seed(0)
    network = nn.Linear(3, 3)
    config = TrainConfig(epochs=3, device="cpu")
    run = RunFolder(folder)
    if not resume:
        run.create({}, config)

    def stop(progress):
        if progress.step == last_step:
            trainer.stop(15)

    trainer = Trainer(network, config, run, stop, loss_fn=mse_loss, report_seconds=0.0)
    batches = BatchesOfItsOwn(network)
    trainer.fit(batches, [(torch.ones(4, 3), torch.ones(4, 3))], resume=resume)
    return network.weight


def test_a_resumed_run_continues_the_batches_where_they_were(tmp_path):
    whole = train(tmp_path / "whole")
    for last_step in (4, 15, 29):
        folder = tmp_path / str(last_step)
        try:
            train(folder, last_step)
            raise AssertionError("it did not stop")
        except Interrupted:
            resumed = train(folder, resume=True)
        assert torch.equal(resumed, whole)
