"""What the page on convolution claims, with other settings than the page has."""

import contextlib
import io
import itertools
import re
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from dlcourse.data.digits import load_digits
from dlcourse.exercises.convolution.conv2d.solution import conv2d
from dlcourse.exercises.convolution.receptive_field.solution import receptive_field
from dlcourse.models.lenet import LeNet

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets" / "convolution"
PAGE = (ROOT / "docs" / "convolution" / "index.md").read_text("utf-8")
SOAK = pytest.mark.soak
DIGITS = load_digits()
SPLITS = (DIGITS.train, DIGITS.validation, DIGITS.test)


@cache
def names_of(snippet):
    """Run a snippet up to its first line that prints at the top level; return its names."""
    source = (SNIPPETS / f"{snippet}.py").read_text("utf-8")
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(source.partition("\nprint(")[0], snippet, "exec"), names)
    return names


# A window that slides, and the size of its output


@pytest.mark.parametrize(
    ("size", "padding", "stride"), [*itertools.product([1, 2, 3, 5], [0, 1, 2], [1, 2, 3])]
)
def test_loops_and_the_formula_agree_with_pytorch(size, padding, stride):
    torch.manual_seed(0)
    image = torch.rand(9, 7)
    kernel = torch.rand(size, size)
    ours = torch.tensor(conv2d(image.tolist(), kernel.tolist(), padding, stride))
    theirs = F.conv2d(image[None, None], kernel[None, None], padding=padding, stride=stride)[0, 0]
    torch.testing.assert_close(ours, theirs)
    output_size = names_of("output_size")["output_size"]
    assert theirs.shape == tuple(output_size(side, size, padding, stride) for side in (9, 7))
    pooled = F.max_pool2d(torch.rand(1, 9, 9), size, stride=size)
    assert pooled.shape[1] == output_size(9, size, stride=size)


def test_a_convolution_learns_whatever_the_flipped_kernel_computes():
    """So it does not matter that PyTorch leaves out the flip."""
    signal = torch.tensor([[[1.0, 2.0, 3.0, 4.0]]])
    kernel = torch.tensor([[[1.0, 0.0, -1.0]]])
    assert torch.conv1d(signal, kernel).tolist() == [[[-2, -2]]]
    layer = nn.Conv1d(1, 1, 3, bias=False)
    rows = torch.rand(50, 1, 8)
    wanted = torch.conv1d(rows, kernel.flip(2))
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.1)
    for _ in range(300):
        optimizer.zero_grad()
        F.mse_loss(layer(rows), wanted).backward()
        optimizer.step()
    torch.testing.assert_close(layer.weight.detach(), kernel.flip(2), rtol=0, atol=0.01)


# What one output can see


@pytest.mark.parametrize(
    "layers",
    [
        [(3, 1)],
        [(3, 1), (3, 1), (3, 1)],
        [(5, 1), (2, 2), (5, 1), (2, 2)],
        [(3, 1), (2, 2), (3, 1)],
        [(3, 2), (5, 3), (1, 1), (3, 1)],
    ],
)
def test_the_receptive_field_is_where_the_gradient_is(layers):
    modules = []
    for kernel, stride in layers:
        module = nn.Conv2d(1, 1, kernel, stride)
        nn.init.ones_(module.weight)
        modules.append(module)
    image = torch.zeros(1, 1, 60, 60, requires_grad=True)
    output = nn.Sequential(*modules)(image)
    output[0, 0, 1, 1].backward()
    width = (image.grad[0, 0] != 0).any(dim=0).sum().item()
    assert width == receptive_field(layers)


def test_a_further_layer_adds_two_pixels_and_behind_a_pooling_four_and_behind_two_eight():
    assert [receptive_field([(3, 1)] * depth) for depth in (1, 2, 3)] == [3, 5, 7]
    pooled = [(3, 1), (2, 2)]
    assert receptive_field([*pooled, (3, 1)]) == receptive_field(pooled) + 4 == 8
    twice = [*pooled, (3, 1), (2, 2)]
    assert receptive_field([*twice, (3, 1)]) == receptive_field(twice) + 8


def test_lenet_has_the_counts_of_the_page():
    counts = [sum(weight.numel() for weight in layer.parameters()) for layer in LeNet().children()]
    assert counts == [156, 2_416, 48_120, 10_164, 850]
    assert f"{counts[0] + counts[1]:,}<!--number" in PAGE


# Shift first or last


@pytest.mark.parametrize(
    ("size", "channels", "distance"), [*itertools.product([3, 5], [1, 4], [1, 2, 3])]
)
def test_a_convolution_is_equivariant_and_a_linear_layer_is_not(size, channels, distance, seed):
    torch.manual_seed(seed)
    images = torch.rand(3, 2, 8, 8).double()
    around = {"padding": size // 2, "padding_mode": "circular"}
    convolution = nn.Conv2d(2, channels, size, **around).double()
    moved = images.roll(distance, dims=3)
    torch.testing.assert_close(convolution(moved), convolution(images).roll(distance, dims=3))

    padded = nn.Conv2d(2, channels, size, padding=size // 2).double()
    first = padded(moved)
    last = padded(images).roll(distance, dims=3)
    border = size // 2
    inside = slice(distance + border, 8 - border)
    torch.testing.assert_close(first[..., inside], last[..., inside])
    assert not torch.allclose(first, last)

    linear = nn.Linear(8, 8).double()
    assert not torch.isclose(linear(moved), linear(images).roll(distance, dims=3)).any()


def test_pooling_is_equivariant_to_its_own_step_alone_and_the_largest_value_invariant(seed):
    torch.manual_seed(seed)
    images = torch.rand(5, 1, 12, 12)
    for window in (2, 3):
        pooled = F.max_pool2d(images, window)
        moved = F.max_pool2d(images.roll(window, dims=3), window)
        assert torch.equal(moved, pooled.roll(1, dims=3))
        by_one = F.max_pool2d(images.roll(1, dims=3), window)
        assert not any(torch.equal(by_one, pooled.roll(d, dims=3)) for d in range(12 // window))
    assert torch.equal(images.roll(1, dims=3).amax(dim=(2, 3)), images.amax(dim=(2, 3)))


# What the assumption is worth


def place(images, side, is_moved):
    pages = torch.zeros(len(images), 1, side, side)
    for page, image in zip(pages, images, strict=True):
        row = column = (side - 8) // 2
        if is_moved:
            row, column = torch.randint(side - 7, (2,)).tolist()
        page[:, row : row + 8, column : column + 8] = image / 16
    return pages


def compare(side, is_moved, is_mixed, seed, rates, num_epochs, hidden=64):
    """Return the test accuracies of MLP and CNN, each at its best rate in validation."""
    torch.manual_seed(seed)
    order = torch.randperm(side * side)
    data = []
    for split in SPLITS:
        pages = place(split.images, side, is_moved)
        if is_mixed:
            pages = pages.flatten(1)[:, order].reshape(pages.shape)
        data.append((pages, split.labels))
    names = names_of("moved")

    def make_mlp():
        layers = [nn.Linear(side * side, hidden), nn.ReLU(), nn.Linear(hidden, 10)]
        return nn.Sequential(nn.Flatten(), *layers)

    found = []
    for make in (make_mlp, names["make_cnn"]):
        found.append(max(names["train"](make, data, rate, num_epochs) for rate in rates)[1])
    return found


@pytest.mark.parametrize(
    ("side", "num_epochs", "hidden"),
    [
        pytest.param(12, 3, 64),
        *(pytest.param(*setting, marks=SOAK) for setting in [(12, 8, 256), (14, 6, 64)]),
    ],
)
def test_the_cnn_leads_on_moved_digits_and_loses_the_lead_when_pixels_are_mixed(
    side, num_epochs, hidden, seed
):
    """Both have the same learning rates to choose from, four with --soak."""
    rates = (0.01,) if num_epochs == 3 else (0.003, 0.005, 0.01, 0.02)
    mlp, cnn = compare(side, True, False, seed + 1, rates, num_epochs, hidden)
    assert cnn > mlp + 0.1
    mlp, cnn = compare(side, True, True, seed + 1, rates, num_epochs, hidden)
    assert cnn < mlp + 0.05


@SOAK
@pytest.mark.parametrize(("side", "num_epochs"), [(12, 3), (14, 6), (14, 12)])
def test_the_lead_on_centered_digits_is_small(side, num_epochs, seed):
    """The networks begin alike for each seed, which places the moved digits."""
    rates = (0.005, 0.01, 0.02)
    mlp, cnn = compare(side, False, False, seed + 1, rates, num_epochs)
    assert abs(cnn - mlp) < 0.06
    mlp_of_moved, cnn_of_moved = compare(side, True, False, seed + 1, rates, num_epochs)
    assert cnn_of_moved - mlp_of_moved > abs(cnn - mlp) + 0.1


# Residual connections


@pytest.mark.parametrize(
    ("depth", "rate"),
    [
        (50, 0.001),
        *(pytest.param(depth, rate, marks=SOAK) for depth in (50, 70) for rate in (0.0005, 0.002)),
    ],
)
def test_with_many_layers_only_the_residual_network_learns_in_thirty_steps(depth, rate, seed):
    train_accuracy = names_of("residual")["train_accuracy"]
    plain = train_accuracy(depth, 0, rate, seed + 1)
    residual = train_accuracy(depth, 1, rate, seed + 1)
    assert residual > plain + 0.15


@SOAK
def test_with_five_layers_both_learn(seed):
    train_accuracy = names_of("residual")["train_accuracy"]
    for kept in (0, 1):
        assert train_accuracy(5, kept, 0.001, seed + 1) > 0.9


def test_a_residual_layer_passes_the_gradient_where_its_own_is_tiny():
    h = torch.ones(1, requires_grad=True)
    (h + 1e-9 * h).backward()
    assert h.grad.item() == pytest.approx(1)


# Starting from someone else's network


@SOAK
@pytest.mark.parametrize("rate", [0.005, 0.01, 0.02])
def test_what_the_source_has_learned_matters_most_when_it_is_frozen(rate):
    """Means of ten seeds that the page does not show, at other rates, too.

    With twenty seeds and rates from 0.005 to 0.03, a source of digits changed the accuracy of all
    layers by 0.015 to 0.041, and one of random labels by -0.027 to 0.056; the standard error of
    these differences is 0.015.
    """
    score = names_of("transfer")["score"]

    def means(source):
        """Return the mean accuracies with no frozen layer, and with all but the last frozen."""
        scores = [score(source, seed, rate) for seed in range(3, 13)]
        return [fmean(column) for column in zip(*scores, strict=True)]

    nothing, nothing_frozen = means("nothing")
    digits, digits_frozen = means("digits 0 to 4")
    random_labels, random_labels_frozen = means("random labels")
    assert digits_frozen > nothing_frozen + 0.1
    assert digits_frozen > random_labels_frozen + 0.1
    assert abs(random_labels_frozen - nothing_frozen) < 0.1
    assert digits > digits_frozen + 0.1
    assert abs(digits - nothing) < 0.08  # 0.041, and two errors of ten seeds
    assert abs(random_labels - nothing) < 0.08


def test_the_page_quotes_the_table_of_transfer():
    table = (ROOT / "benchmarks" / "transfer.md").read_text("utf-8")
    row = re.search(r"digits, from MNIST, cnn \| 10 \| ([\d.]+) .*? \| ([\d.]+) ", table)
    assert row is not None
    nothing, source = (f"{float(share):.0%}" for share in row.groups())
    numbers = re.findall(r"(\d+)%<!--number: benchmarks/transfer", PAGE)
    assert [f"{number}%" for number in numbers] == [source, nothing]
