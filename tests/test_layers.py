import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from dlcourse.assemble import build_network
from dlcourse.layers import collect_layers, describe_layers
from dlcourse.models.lenet import LeNet
from dlcourse.recipes import MODELS


def test_lenets_layers_are_as_large_as_by_hand():
    found = collect_layers(LeNet(), (1, 28, 28))
    # Products by hand: output pixels x inputs of one of them, or outputs x inputs.
    by_hand = [6 * 28**2 * 25, 16 * 10**2 * 6 * 25, 120 * 400, 84 * 120, 10 * 84]
    assert [row["multiply_adds"] for row in found["layers"]] == by_hand
    assert found["multiply_adds"] == sum(by_hand)
    assert (
        found["parameters"] == 6 * 26 + 16 * 151 + 120 * 401 + 84 * 121 + 10 * 85
    )  # each with its bias
    assert found["layers"][1] == {
        "name": "conv2",
        "kind": "Conv2d",
        "output_shape": [16, 10, 10],
        "parameters": 16 * (6 * 25 + 1),
        "multiply_adds": by_hand[1],
    }


@pytest.mark.parametrize("model", MODELS)
def test_multiply_adds_are_half_of_pytorchs_operations(model):
    network = build_network(model, (1, 28, 28), 10)
    found = collect_layers(network, (1, 28, 28))
    with FlopCounterMode(display=False) as counter:
        network(torch.zeros(1, 1, 28, 28))
    assert 2 * found["multiply_adds"] == counter.get_total_flops()


def test_layers_come_in_the_order_of_their_first_use_and_a_shared_one_once():
    class Shared(nn.Module):
        def __init__(self):
            super().__init__()
            self.last = nn.Linear(4, 2)
            self.square = nn.Linear(4, 4)
            self.unused = nn.Linear(1, 1)

        def forward(self, images: torch.Tensor) -> torch.Tensor:
            return self.last(self.square(self.square(images.flatten(1))))

    found = collect_layers(Shared(), (1, 2, 2))
    assert [row["name"] for row in found["layers"]] == ["square", "last"]
    assert [row["multiply_adds"] for row in found["layers"]] == [2 * 16, 8]
    assert (found["parameters"], found["multiply_adds"]) == (20 + 10 + 2, 2 * 16 + 8)


def test_the_table_has_straight_columns():
    lines = describe_layers(collect_layers(LeNet(), (1, 28, 28))).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[-1].split() == ["total", "61,706", "416,520"]
