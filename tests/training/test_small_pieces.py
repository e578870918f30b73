"""Batch normalization sees one piece of a batch at a time: the Trainer says so where it matters."""

import dataclasses

import pytest
import torch
from small_run import CONFIG, get_weights, make_batches
from torch import nn

from dlcourse.training.accumulation import describe_small_pieces
from dlcourse.training.config import TrainConfig
from dlcourse.training.trainer import Trainer

SAID = (
    "batch normalization sees {1} of {0} examples at a time and may train worse: "
    "use fewer parts or processes"
)


def make_normalizing(norm):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 8), norm, nn.ReLU(), nn.Linear(8, 2))


def train(network, **settings):
    """Train in pieces of a batch; return the network and what was said."""
    said = []
    config = dataclasses.replace(CONFIG, batch_size=16, **settings)
    Trainer(network, config, say=said.append).fit(make_batches(), make_batches())
    return network, said


@pytest.mark.parametrize("num_pieces", [1, 2, 4])
def test_a_run_in_small_pieces_says_what_batch_normalization_sees(num_pieces):
    _, said = train(make_normalizing(nn.BatchNorm1d(8)), accumulate=num_pieces)
    expected = [SAID.format(16, 16 // num_pieces)] if num_pieces > 2 else []
    assert said == expected


def test_a_piece_of_1_is_refused_by_pytorch_after_the_word_of_the_trainer():
    said = []
    config = dataclasses.replace(CONFIG, batch_size=16, accumulate=16)
    trainer = Trainer(make_normalizing(nn.BatchNorm1d(8)), config, say=said.append)
    with pytest.raises(ValueError, match="Expected more than 1 value per channel"):
        trainer.fit(make_batches(), make_batches())
    assert said == [SAID.format(16, 1)]


def test_what_is_said_is_true_and_holds_for_no_other_normalization():
    for norm in (nn.BatchNorm1d(8), nn.LayerNorm(8)):
        weights = []
        for num_pieces in (1, 4):
            network, said = train(make_normalizing(norm), accumulate=num_pieces)
            weights.append(get_weights(network))
            norm.reset_parameters()
        difference = (weights[0] - weights[1]).abs().max().item()
        is_same = difference < 1e-4  # of float32 and Adam
        assert is_same == (said == [])


def test_fewer_pieces_are_a_remedy():
    _, said = train(make_normalizing(nn.BatchNorm1d(8)), accumulate=4)
    assert "use fewer parts" in said[0]
    _, said = train(make_normalizing(nn.BatchNorm1d(8)), accumulate=2)
    assert said == []


def test_frozen_layers_use_their_own_statistics_and_lose_nothing():
    network = make_normalizing(nn.BatchNorm1d(8))
    config = TrainConfig(batch_size=16, accumulate=16)
    assert describe_small_pieces(network, config) == SAID.format(16, 1)
    network[1].requires_grad_(False)
    assert describe_small_pieces(network, config) == ""


def test_processes_divide_a_batch_as_pieces_do(monkeypatch):
    monkeypatch.setattr("dlcourse.training.accumulation.count_processes", lambda: 4)
    network = make_normalizing(nn.BatchNorm1d(8, affine=False))
    assert describe_small_pieces(network, TrainConfig(batch_size=16)) == SAID.format(16, 4)
    assert describe_small_pieces(network, TrainConfig(batch_size=32)) == ""


def test_a_small_batch_in_one_piece_is_a_choice_and_not_a_surprise():
    network = make_normalizing(nn.BatchNorm1d(8))
    assert describe_small_pieces(network, TrainConfig(batch_size=4)) == ""
