import json
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from dlcourse import __version__
from dlcourse.commands.info import collect_layers, describe_layers
from dlcourse.commands.models import MODELS, find_family
from dlcourse.models.gru import GRU
from dlcourse.models.lenet import LeNet
from dlcourse.models.lstm import LSTM
from dlcourse.tasks.image_family import ImageFamily
from dlcourse.training.config import PRECISIONS

IMAGE = torch.zeros(1, 1, 28, 28)
IMAGE_FACTS = {
    "image_shape": [1, 28, 28],
    "class_names": list("0123456789"),
    "drawing_side": 28,
    "framing": None,
}
IMAGE_MODELS = [name for name in MODELS if isinstance(find_family(name), ImageFamily)]


# The machine


def test_info_says_what_is_there(call, tmp_path):
    exit_code, out, _ = call("info", "--json", "--data-dir", tmp_path)
    facts = json.loads(out)
    assert exit_code == 0
    assert facts["dlcourse"] == __version__
    assert facts["torch"] == torch.__version__.split("+")[0] or facts["torch"] == torch.__version__
    assert facts["threads"] == torch.get_num_threads()
    assert facts["devices"][-1] == "cpu"
    assert facts["precisions"]["cpu"] == list(PRECISIONS)
    assert list(facts["data"]) == ["digits", "mnist", "fashion-mnist", "cifar10", "course"]
    assert facts["data"]["mnist"] is None
    assert Path(facts["data"]["digits"]).is_dir()
    assert Path(facts["data"]["course"], "course.txt").is_file()


def test_info_finds_mnist(call, tmp_path):
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
        (raw / f"{name}-ubyte.gz").touch()
    lines = call("info", "--data-dir", tmp_path)[1].splitlines()
    (line,) = [line for line in lines if str(raw) in line]
    assert line.split()[-2:] == ["mnist", str(raw)]


def test_info_names_each_fact_once(call, tmp_path):
    lines = call("info", "--data-dir", tmp_path)[1].splitlines()
    assert lines[0].split() == ["dlcourse", __version__]
    start = next(number for number, line in enumerate(lines) if line.startswith("data "))
    assert lines[start].split()[:2] == ["data", "digits"]
    assert lines[start + 1].split() == ["mnist", "not", "found"]
    assert lines[start + 1].startswith(" " * 13)


def test_info_explains_a_gpu_that_this_pytorch_cannot_use(call, monkeypatch):
    monkeypatch.setattr("dlcourse.training.device.shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", None)
    assert "NVIDIA GPU is present, but this PyTorch has no CUDA" in call("info")[1]


# A model


@pytest.mark.parametrize(("words", "shape"), [("lenet", [1, 28, 28]), ("mlp digits", [1, 8, 8])])
def test_info_of_a_model_shows_its_layers(call, words, shape):
    model = words.split()[0]
    exit_code, out, _ = call("info", *words.split(), "--json")
    assert exit_code == 0
    facts = json.loads(out)
    assert (facts["model"], facts["data"], facts["image_shape"]) == (model, "digits", shape)
    assert call("info", *words.split())[1].split()[-2] == f"{facts['parameters']:,}"


def test_info_of_a_model_takes_its_options(call):
    facts = json.loads(call("info", "mlp", "--set", "hidden_features=32", "--json")[1])
    assert facts["parameters"] == 64 * 32 + 32 + 32 * 10 + 10


def test_info_of_a_character_model_counts_a_window(call, small_text):
    words = ("info", "gru", small_text, "--set", "context=10", "--set", "hidden_features=16")
    facts = json.loads(call(*words, "--json")[1])
    assert facts["model"] == "gru"
    assert len(facts["vocabulary"]) == 28
    assert [row["kind"] for row in facts["layers"]] == ["Embedding", "GRU", "Linear"]
    assert facts["layers"][1]["output_shape"] == [10, 16]
    assert facts["layers"][1]["multiply_adds"] == 10 * 3 * 16 * (32 + 16)
    assert facts["layers"][2]["multiply_adds"] == 10 * 16 * 28


# Layers


def test_lenets_layers_are_as_large_as_by_hand():
    found = collect_layers(LeNet(), IMAGE)
    # Products by hand: output pixels x inputs of one of them, or outputs x inputs.
    by_hand = [6 * 28**2 * 25, 16 * 10**2 * 6 * 25, 120 * 400, 84 * 120, 10 * 84]
    assert [row["multiply_adds"] for row in found["layers"]] == by_hand
    assert found["multiply_adds"] == sum(by_hand)
    # Each output has a bias.
    assert found["parameters"] == 6 * 26 + 16 * 151 + 120 * 401 + 84 * 121 + 10 * 85
    assert found["layers"][1] == {
        "name": "conv2",
        "kind": "Conv2d",
        "output_shape": [16, 10, 10],
        "parameters": 16 * (6 * 25 + 1),
        "multiply_adds": by_hand[1],
    }


@pytest.mark.parametrize("model", IMAGE_MODELS)
def test_multiply_adds_are_half_of_pytorchs_operations(model):
    family = find_family(model)
    network = family.build(IMAGE_FACTS)
    inputs = family.example_inputs(IMAGE_FACTS)
    found = collect_layers(network, inputs)
    with FlopCounterMode(display=False) as counter:
        network(inputs)
    assert 2 * found["multiply_adds"] == counter.get_total_flops()


@pytest.mark.parametrize(("network", "num_gates"), [(GRU, 3), (LSTM, 4)])
def test_a_recurrent_layer_uses_its_matrices_at_every_step(network, num_gates):
    ids = torch.zeros(1, 7, dtype=torch.long)
    found = collect_layers(network(20, 4, 6, num_layers=2), ids)
    embedding, recurrent, output = found["layers"]
    first_layer = num_gates * 6 * (4 + 6)
    second_layer = num_gates * 6 * (6 + 6)
    assert recurrent["multiply_adds"] == 7 * (first_layer + second_layer)
    assert recurrent["output_shape"] == [7, 6]
    assert embedding["multiply_adds"] == 0  # it looks rows up
    assert output["multiply_adds"] == 7 * 6 * 20


def test_layers_come_in_the_order_of_their_first_use_and_a_shared_one_once():
    class Shared(nn.Module):
        def __init__(self):
            super().__init__()
            self.last = nn.Linear(4, 2)
            self.square = nn.Linear(4, 4)
            self.unused = nn.Linear(1, 1)

        def forward(self, images: torch.Tensor) -> torch.Tensor:
            return self.last(self.square(self.square(images.flatten(1))))

    found = collect_layers(Shared(), torch.zeros(1, 1, 2, 2))
    assert [row["name"] for row in found["layers"]] == ["square", "last"]
    assert [row["multiply_adds"] for row in found["layers"]] == [2 * 16, 8]
    assert (found["parameters"], found["multiply_adds"]) == (20 + 10 + 2, 2 * 16 + 8)


def test_the_table_has_straight_columns():
    lines = describe_layers(collect_layers(LeNet(), IMAGE)).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[-1].split() == ["total", "61,706", "416,520"]
