"""For each question that every task answers, a task that fails it."""

import math
import random

import torch
from tiny_families import TinyFamily, build_classifier, make_digit_batches
from torch.nn.functional import cross_entropy

from dlcourse.tasks.classify import Classify
from dlcourse.training.processes import get_rank


class ClimbsUp(Classify):
    """Its loss has the wrong sign, so that it learns to be wrong."""

    def loss(self, network, batch):
        return -super().loss(network, batch)


class CountsItsCalls(Classify):
    """It has a state that no checkpoint knows: the loss depends on how often it was asked for."""

    def __init__(self, model: str):
        super().__init__(model)
        self.num_calls = 0

    def loss(self, network, batch):
        self.num_calls += 1
        return super().loss(network, batch) * (1 + 0.1 * math.sin(self.num_calls))


class AddsUp(Classify):
    """Its loss is a sum over the batch, where a mean is due."""

    def loss(self, network, batch):
        images, labels = batch
        return cross_entropy(network(images), labels, reduction="sum") / 64


class DrawsElsewhere(Classify):
    """Its figures depend on a generator that evaluation does not seed."""

    def measure(self, network, batch):
        return {"loss": (torch.tensor(random.random()), 1)}


class HidesBadNumbers(Classify):
    """It makes a finite number of every loss."""

    def loss(self, network, batch):
        return super().loss(network, batch).nan_to_num(0.0)

    def measure(self, network, batch):
        return {"loss": (torch.zeros(()), 1)}


class NamesFiguresAnew(Classify):
    """Its figures have another name in each epoch, so that no column holds all of them."""

    num_measured = 0

    def figures(self, sums):
        self.num_measured += 1
        return {"loss": 1.0, f"accuracy_{self.num_measured}": 0.5}


class LooksAtItsRank(Classify):
    """Its loss depends on the process that computes it."""

    def loss(self, network, batch):
        return super().loss(network, batch) * (1 + get_rank())


def bad_family(name: str, task: Classify) -> TinyFamily:
    return TinyFamily(name, task, build_classifier, make_digit_batches, {"epochs": 2})


FAILS = {
    "learns": bad_family("climbs_up", ClimbsUp("mlp")),
    "resumes_exactly": bad_family("counts_its_calls", CountsItsCalls("mlp")),
    "accumulates": bad_family("adds_up", AddsUp("mlp")),
    "measures_the_same_each_time": bad_family("draws_elsewhere", DrawsElsewhere("mlp")),
    "refuses_bad_numbers": bad_family("hides_bad_numbers", HidesBadNumbers("mlp")),
    "writes_its_figures": bad_family("names_figures_anew", NamesFiguresAnew("mlp")),
    "trains_on_two_processes": bad_family("looks_at_its_rank", LooksAtItsRank("mlp")),
}
BAD_FAMILIES = list(FAILS.values())
