"""The mathematics of <training-playground>, beside PyTorch, and what the pages say of it."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters
from widgets import ask_widget

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILE = "training/playground_network.js"
ACTIVATIONS = {"ReLU": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "none": nn.Identity}
OPTIMIZERS = {
    "descent": lambda network, rate: torch.optim.SGD(network.parameters(), lr=rate),
    "momentum": lambda network, rate: torch.optim.SGD(network.parameters(), lr=rate, momentum=0.9),
    "Adam": lambda network, rate: torch.optim.Adam(network.parameters(), lr=rate),
}
SIZES = [[2, 2], [2, 8, 3], [2, 4, 4, 2], [1, 16, 1], [1, 3, 3, 3, 1]]
TOLERANCE = 1e-9  # float64 on both sides
LINK = re.compile(r'href="(?:\.\./training/)?#training-playground:([^"]*)">([^<]*)</a>')
NUMBERS = ("layers", "units", "rate", "batch", "noise", "seed")


@pytest.fixture(autouse=True)
def double_precision():
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def make_network(sizes, activation, seed=0):
    """Return PyTorch's network with random parameters, and the same for the page."""
    torch.manual_seed(seed)
    layers = []
    for before, after in pairwise(sizes):
        layers += [nn.Linear(before, after), ACTIVATIONS[activation]()]
    network = nn.Sequential(*layers[:-1])
    parameters = parameters_to_vector(network.parameters()).tolist()
    return network, {"sizes": sizes, "activation": activation, "parameters": parameters}


def draw_batch(sizes, num_examples=10):
    """Return inputs and targets, as tensors and for the page."""
    inputs = torch.randn(num_examples, sizes[0])
    targets = torch.randint(sizes[-1], (num_examples,))
    if sizes[-1] == 1:
        targets = torch.randn(num_examples)
    return inputs, targets, {"inputs": inputs.tolist(), "targets": targets.tolist()}


def loss_of(outputs, targets):
    if outputs.shape[1] == 1:
        return F.mse_loss(outputs[:, 0], targets)
    return F.cross_entropy(outputs, targets)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_outputs_loss_accuracy_and_gradient_are_those_of_pytorch(sizes, activation):
    network, ours = make_network(sizes, activation)
    inputs, targets, batch = draw_batch(sizes)
    outputs = network(inputs)
    loss = loss_of(outputs, targets)
    loss.backward()
    gradient = torch.cat([parameter.grad.flatten() for parameter in network.parameters()])
    calls = [["forward", ours, x] for x in batch["inputs"]]
    calls += [["gradientOf", ours, batch], ["measure", ours, batch]]
    *layers, found, measured = ask_widget(FILE, calls)
    np.testing.assert_allclose([each[-1] for each in layers], outputs.detach(), atol=TOLERANCE)
    np.testing.assert_allclose(found, gradient, rtol=0, atol=TOLERANCE)
    assert measured["loss"] == pytest.approx(loss.item(), abs=TOLERANCE)
    if sizes[-1] == 1:
        assert measured["accuracy"] is None
    else:
        share = (outputs.argmax(dim=1) == targets).double().mean().item()
        assert measured["accuracy"] == pytest.approx(share)


@pytest.mark.parametrize("activation", ["ReLU", "sigmoid"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_twenty_steps_lead_where_pytorch_goes(sizes, optimizer, activation):
    network, ours = make_network(sizes, activation)
    batches = [draw_batch(sizes) for _ in range(20)]
    steps = OPTIMIZERS[optimizer](network, 0.05)
    before = parameters_to_vector(network.parameters())
    for inputs, targets, _ in batches:
        steps.zero_grad()
        loss_of(network(inputs), targets).backward()
        steps.step()
    after = parameters_to_vector(network.parameters()).detach()
    assert (after - before).abs().max() > 0.01
    setting = ours | {"optimizer": optimizer, "rate": 0.05}
    (found,) = ask_widget(FILE, [["trainOnBatches", setting, [batch for *_, batch in batches]]])
    # Adam divides by the size of the gradient, which makes its rounding larger
    np.testing.assert_allclose(found, after, rtol=0, atol=1e-6)


def test_losses_of_huge_logits_are_finite_and_those_of_pytorch():
    network, ours = make_network([2, 3], "none")
    vector_to_parameters(parameters_to_vector(network.parameters()) * 3000, network.parameters())
    ours["parameters"] = parameters_to_vector(network.parameters()).tolist()
    inputs, targets, batch = draw_batch([2, 3])
    (measured,) = ask_widget(FILE, [["measure", ours, batch]])
    assert measured["loss"] > 800  # beyond it, exp gives infinity
    expected = F.cross_entropy(network(inputs), targets).item()
    assert measured["loss"] == pytest.approx(expected, abs=TOLERANCE)


SETTING = {
    "data": "circles",
    "layers": 1,
    "units": 8,
    "activation": "ReLU",
    "optimizer": "descent",
    "rate": 0.3,
    "batch": 10,
    "noise": 0.05,
    "seed": 1,
}


def start(**changes):
    (training,) = ask_widget(FILE, [["startTraining", SETTING | changes]])
    return training


def points_of(training, part="train"):
    return np.array(training[part]["inputs"]), np.array(training[part]["targets"])


@pytest.mark.parametrize("seed", [1, 2])
def test_initial_parameters_are_drawn_as_by_linear(seed):
    training = start(layers=3, units=32, seed=seed)
    sizes = [2, 32, 32, 32, 2]
    network, _ = make_network(sizes, "ReLU")
    assert training["network"]["sizes"] == sizes
    found = training["network"]["parameters"]
    assert len(found) == len(parameters_to_vector(network.parameters()))
    vector_to_parameters(torch.tensor(found), network.parameters())
    for layer in network[::2]:
        bound = layer.in_features**-0.5
        scaled = torch.cat([layer.weight.flatten(), layer.bias]).detach() / bound
        assert scaled.abs().max() <= 1
        # Uniform from -1 to 1: deviation 0.577; 66 numbers at least, four standard errors
        assert abs(scaled.mean()) < 4 * 0.577 / len(scaled) ** 0.5
        assert abs(scaled.std() - 0.577) < 4 * 0.26 / len(scaled) ** 0.5


@pytest.mark.parametrize(
    ("data", "classes"), [("moons", 2), ("circles", 2), ("spiral", 2), ("XOR", 2)]
)
def test_two_classes_are_balanced_and_lie_where_their_name_says(data, classes):
    points, labels = points_of(start(data=data, noise=0))
    assert np.bincount(labels).tolist() == [50] * classes
    radius = np.hypot(*points.T)
    if data == "circles":
        np.testing.assert_allclose(radius, np.where(labels == 1, 0.5, 1.2))
    if data == "XOR":
        np.testing.assert_array_equal(labels == 1, points[:, 0] * points[:, 1] < 0)
    if data == "spiral":
        turns = np.arctan2(points[:, 1], points[:, 0]) / (2 * np.pi)
        share = (radius - 0.2) / 1.2
        away = turns - share - labels / 2
        np.testing.assert_allclose(away, away.round(), atol=1e-9)
    if data == "moons":
        centers = np.where(labels[:, None] == 1, [0.5, 0.25], [-0.5, -0.25])
        np.testing.assert_allclose(np.hypot(*(points - centers).T), 1)
        assert ((points - centers)[:, 1] * np.where(labels == 1, -1, 1) >= 0).all()


def test_three_classes_and_the_curve_lie_where_their_name_says():
    points, labels = points_of(start(data="three classes", noise=0))
    angles = 2 * np.pi * (labels / 3 + 0.25)
    centers = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    assert np.bincount(labels).tolist() == [34, 33, 33]
    assert np.hypot(*(points - centers).T).max() < 0.45
    points, targets = points_of(start(data="curve", noise=0))
    np.testing.assert_allclose(np.sin(3 * points[:, 0]), targets)


@pytest.mark.parametrize("data", ["circles", "curve"])
def test_noise_is_normal_and_points_for_validation_are_others(data):
    errors = []
    for part in ("train", "validation"):
        points, targets = points_of(start(data=data, noise=0.2), part)
        if data == "curve":
            errors.append(targets - np.sin(3 * points[:, 0]))
        else:
            errors.append(np.hypot(*points.T) - np.where(targets == 1, 0.5, 1.2))
    # 200 draws of deviation 0.2; across a circle of radius 0.5 the noise bends a little further
    assert abs(np.concatenate(errors).std() / 0.2 - 1) < 4 / (2 * 200) ** 0.5
    assert not np.intersect1d(*errors).size


def train(**changes):
    """Return how a training ends, for each of the seeds given as a list."""
    seeds = changes.pop("seeds", [1, 2, 3])
    calls = [["trainToEnd", SETTING | changes | {"seed": seed}] for seed in seeds]
    return ask_widget(FILE, calls)


def outcomes(**changes):
    return {training["outcome"] for training in train(**changes)}


def settings_on(page):
    """Return the settings that a page links to, by the text of the link."""
    found = {}
    for setting, text in LINK.findall((DOCS / page / "index.md").read_text("utf-8")):
        values = dict(parse_qsl(unescape(setting)))
        numbers = {name: float(values[name]) for name in NUMBERS}
        found[text] = values | {n: int(v) if v.is_integer() else v for n, v in numbers.items()}
    return found


def test_each_link_names_a_setting_that_the_controls_have():
    page = (DOCS / "training" / "index.md").read_text("utf-8")
    element = page[page.index("<training-playground") : page.index("</training-playground>")]
    lists = {}
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', element):
        found = re.findall(r'<option(?: value="(\w+)")?[^>]*>([^<]*)', options)
        lists[name] = [value or text for value, text in found]
    links = [
        settings
        for name in DOCS.iterdir()
        if (name / "index.md").exists()
        for settings in settings_on(name.name).values()
    ]
    assert len(links) == 10
    for setting in links:
        assert setting.keys() == SETTING.keys()
        for name, options in lists.items():
            assert str(setting[name]) in options
        assert 0 <= setting["noise"] <= 0.5
        assert 1 <= setting["seed"] <= 20
    assert len(lists) == 7


@pytest.mark.parametrize("data", ["moons", "circles", "spiral", "XOR", "three classes", "curve"])
def test_the_setting_of_the_spiral_learns_each_data_set(data):
    setting = settings_on("training")["the spiral"]
    assert setting["optimizer"] == "Adam"
    assert (setting["layers"], setting["units"], setting["rate"]) == (1, 16, 0.03)
    assert outcomes(**setting | {"data": data, "seeds": [1, 2, 3, 4, 5, 6]}) == {"learned"}


@pytest.mark.parametrize("rate", [0.1, 0.3])
@pytest.mark.parametrize("data", ["circles", "XOR"])
def test_without_a_hidden_layer_circles_and_xor_are_not_learned(data, rate):
    for training in train(data=data, layers=0, rate=rate):
        assert training["outcome"] == "not learned"
        assert training["end"] == "converged"
        assert training["curve"][-1]["validation"]["accuracy"] < 0.75


@pytest.mark.parametrize("rate", [0.1, 0.3])
@pytest.mark.parametrize(
    ("text", "layers"),
    [("the circles with a hidden layer", 1), ("the three classes without one", 0)],
)
def test_what_the_page_says_is_learned_is_learned(text, layers, rate):
    setting = settings_on("training")[text]
    assert setting["layers"] == layers
    assert outcomes(**setting | {"rate": rate}) == {"learned"}


@pytest.mark.parametrize("units", [4, 8, 16])
@pytest.mark.parametrize("data", ["curve", "circles"])
def test_a_learning_rate_of_ten_diverges(data, units):
    setting = settings_on("training")["the curve at a rate of 10"]
    assert setting["rate"] == 10
    assert outcomes(**setting | {"data": data, "units": units}) == {"diverged"}


@pytest.mark.parametrize("rate", [0.3, pytest.param(0.1, marks=pytest.mark.soak)])
def test_by_plain_descent_relu_learns_the_spiral_and_sigmoid_does_not(rate):
    settings = settings_on("activations")
    for training in train(**settings["a spiral with ReLU"] | {"rate": rate}):
        assert training["outcome"] == "learned"
    for training in train(**settings["with sigmoids"] | {"rate": rate}):
        assert training["curve"][-1]["validation"]["accuracy"] < 0.7
        assert training["end"] == "converged"


NOISES = [0.4, *(pytest.param(noise, marks=pytest.mark.soak) for noise in (0.3, 0.5))]


@pytest.mark.parametrize("noise", NOISES)
def test_with_noise_many_units_overfit_and_two_do_not(noise):
    settings = settings_on("generalization")

    def rise_of_the_loss(text):
        for training in train(**settings[text] | {"noise": noise}):
            losses = [epoch["validation"]["loss"] for epoch in training["curve"]]
            yield losses[-1] / min(losses)

    assert min(rise_of_the_loss("overfit the moons")) > 1.8
    assert max(rise_of_the_loss("two units do not")) < 1.1


def test_xor_needs_the_hidden_layer_that_the_page_of_the_network_links_to():
    settings = settings_on("network")
    seeds = {"seeds": [1, 2, 3, 4]}
    assert outcomes(**settings["without a hidden layer"] | seeds) == {"not learned"}
    assert outcomes(**settings["with one"] | seeds) == {"learned"}
