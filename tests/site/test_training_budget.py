"""The mathematics of <training-budget>, beside steps of PyTorch and the program of the page."""

import re
from itertools import pairwise, product
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from page_snippets import run_snippet
from torch import nn
from torch.utils.flop_counter import FlopCounterMode
from widgets import ask_widget

from dlcourse.commands.roofline import PUBLISHED

FILE = "devices/training_budget.js"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "devices" / "index.md"
WIDTHS = [(64, 1024, 1024, 10), (5, 300, 7), (40, 40, 40, 40, 40)]
OPTIMIZERS = {
    "SGD": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
    "momentum": lambda parameters: torch.optim.SGD(parameters, lr=0.1, momentum=0.9),
    "Adam": torch.optim.Adam,
}


def build(widths):
    layers = []
    for in_features, out_features in pairwise(widths):
        layers += [nn.Linear(in_features, out_features), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def count_parameters(network):
    return sum(parameter.numel() for parameter in network.parameters())


def train_a_step(widths, optimizer, precision, batch_size):
    """Return the bytes that PyTorch keeps, and those of the copies of weights in bfloat16."""
    network = build(widths)
    dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
    network.to(dtype)
    stepper = OPTIMIZERS[optimizer](network.parameters())
    labels = torch.zeros(batch_size, dtype=torch.long)
    kept = {}

    def note(tensor):
        kept[tensor.data_ptr()] = tensor
        return tensor

    is_mixed = precision == "mixed"
    hooks = torch.autograd.graph.saved_tensors_hooks(note, lambda same: same)
    with hooks, torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_mixed):
        loss = F.cross_entropy(network(torch.randn(batch_size, widths[0]).to(dtype)), labels)
    loss.backward()
    stepper.step()
    for parameter in network.parameters():
        kept.pop(parameter.data_ptr(), None)
    states = 0
    for state in stepper.state.values():
        states += sum(value.nbytes for value in state.values() if value.dim() > 0)
    matrices = [tensor for tensor in kept.values() if tensor.dim() == 2]  # neither loss nor labels
    is_activation = [len(matrix) == batch_size for matrix in matrices]
    copies = sum(m.nbytes for m, is_one in zip(matrices, is_activation, strict=True) if not is_one)
    return {
        "weights": sum(parameter.nbytes for parameter in network.parameters()),
        "gradients": sum(parameter.grad.nbytes for parameter in network.parameters()),
        "states": states,
        "activations": sum(matrix.nbytes for matrix in matrices) - copies,
    }, copies


CASES = list(product(WIDTHS, OPTIMIZERS, ["float32", "mixed", "bfloat16"]))


def test_bytes_are_those_of_a_step_in_pytorch():
    batch_size = 33
    settings = [
        {
            "parameters": count_parameters(build(widths)),
            "optimizer": optimizer,
            "precision": precision,
            "batch": batch_size,
            "activations": sum(widths),
        }
        for widths, optimizer, precision in CASES
    ]
    counted = ask_widget(FILE, [["countBytes", setting] for setting in settings])
    for (widths, optimizer, precision), bytes_ in zip(CASES, counted, strict=True):
        found, copies = train_a_step(widths, optimizer, precision, batch_size)
        if precision == "mixed":
            # PyTorch keeps copies of the weights for the backward pass, except of the first
            # layer's, whose input needs no gradient, and the last outputs once more in float32.
            weights = [one * other for one, other in pairwise(widths)]
            assert copies == 2 * sum(weights[1:])
            assert bytes_["weights"] == found["weights"] + 2 * count_parameters(build(widths))
            assert found["activations"] - bytes_["activations"] == 2 * batch_size * widths[-1]
            del bytes_["weights"], bytes_["activations"]
        else:
            assert copies == 0
        assert bytes_ == {part: found[part] for part in bytes_}


@pytest.mark.parametrize("widths", WIDTHS)
@pytest.mark.parametrize("batch_size", [1, 33])
def test_six_operations_for_each_weight_and_sample(widths, batch_size):
    network = build(widths)
    num_weights = sum(one * other for one, other in pairwise(widths))
    for needs_gradient in (True, False):
        inputs = torch.randn(batch_size, widths[0], requires_grad=needs_gradient)
        with FlopCounterMode(display=False) as counter:
            network(inputs).sum().backward()
        found = counter.get_total_flops()
        # Without gradients of the inputs, the first layer has a third less.
        saved = 0 if needs_gradient else 2 * widths[0] * widths[1]
        assert found == batch_size * (6 * num_weights - saved)
    # The rule counts the biases like weights.
    assert 1 < count_parameters(network) / num_weights < 1.2


def test_a_convolution_needs_more_than_six():
    network = nn.Conv2d(1, 4, 3)
    with FlopCounterMode(display=False) as counter:
        network(torch.randn(1, 1, 8, 8)).sum().backward()
    assert counter.get_total_flops() > 6 * count_parameters(network)


def test_times_are_those_of_the_program_on_the_page():
    program = run_snippet("devices", "budget")
    settings = []
    for batch_size, parameters, device in product(
        [32, 1000, 1024], [10**6, 7 * 10**9], program["DEVICES"]
    ):
        num_bytes = sum(program["count_bytes"](parameters, 2000, batch_size))
        settings.append((parameters, num_bytes, batch_size, device))
    calls = []
    for parameters, num_bytes, batch_size, device in settings:
        setting = {"parameters": parameters, "samples": program["SAMPLES"], "batch": batch_size}
        bandwidth, peak = program["DEVICES"][device]
        calls.append(["predictSeconds", setting, num_bytes, {"bandwidth": bandwidth, "peak": peak}])
    for found, setting in zip(ask_widget(FILE, calls), settings, strict=True):
        expected = program["predict"](*setting)
        assert [found["computing"], found["moving"]] == pytest.approx(expected, rel=1e-12)
        assert found["operations"] == 6 * setting[0] * program["SAMPLES"]


def test_the_fields_begin_with_the_network_of_the_page():
    text = PAGE.read_text("utf-8")
    fields = dict(re.findall(r'<input type="number" name="(\w+)".*? value="(\d+)"', text))
    memory, budget = run_snippet("devices", "memory"), run_snippet("devices", "budget")
    setting = {name: int(value) for name, value in fields.items()}
    setting |= {"optimizer": "Adam", "precision": "float32"}
    (found,) = ask_widget(FILE, [["countBytes", setting]])
    assert list(found.values()) == memory["count"](setting["batch"])
    assert setting["parameters"] == budget["parameters"]
    assert setting["activations"] == budget["activations"]
    assert setting["samples"] == budget["SAMPLES"]


def test_the_table_of_devices_holds_the_published_and_the_measured_figures():
    text = re.sub("<!--.*?-->", "", PAGE.read_text("utf-8"))
    rows = re.findall('<tr><th scope="row">(.*?)</th>(.*?)</tr>', text)
    found = {}
    for name, cells in rows:
        figures = re.findall("<td>(.*?)</td>", cells)
        found[name] = [None if x == "–" else float(x.replace(",", "")) for x in figures]
    h100 = [PUBLISHED[f"H100 SXM, {dtype} (published)"] for dtype in ("float32", "bfloat16")]
    assert h100[0][0] == h100[1][0]
    measured = run_snippet("devices", "roofline")["measured"]
    peak = round(max(measured["gflops"].values()))
    assert found == {
        "two CPU cores": [measured["gigabytes_per_second"], peak, None],
        "T4": [*PUBLISHED["T4, float32 (published)"], None],
        "H100": [*h100[0], h100[1][1]],
    }
    (devices,) = re.findall('<select name="device".*?</select>', text)
    assert re.findall("<option.*?>(.*?)</option>", devices) == list(found)


def test_the_limit_of_the_program_changes_with_the_batch_size():
    program = run_snippet("devices", "budget")
    for device in program["DEVICES"]:
        is_moving = []
        for batch_size in (1, 8, 64, 512, 4096, 10**5):
            num_bytes = sum(program["count_bytes"](1_126_410, 2122, batch_size))
            computing, moving = program["predict"](1_126_410, num_bytes, batch_size, device)
            is_moving.append(moving > computing)
        assert is_moving[0]
        assert is_moving == sorted(is_moving, reverse=True)


def test_numbers_are_written_with_three_digits_and_a_prefix():
    amounts = {0: "0 B", 999: "999 B", 1000: "1 kB", 26_700_272: "26.7 MB", 112e9: "112 GB"}
    found = ask_widget(FILE, [["inUnits", amount, "B"] for amount in amounts])
    assert found == list(amounts.values())
    spans = {
        0.0001234: "123 microseconds",
        0.502: "502 milliseconds",
        90: "1.5 minutes",
        7200: "2 hours",
    }
    spans |= {86_400 * 3: "3 days", 31_557_600 * 2500: "2,500 years"}
    found = ask_widget(FILE, [["inTime", seconds] for seconds in spans])
    assert found == list(spans.values())
