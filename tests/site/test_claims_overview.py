"""What the page on AI, machine learning and deep learning claims, over several seeds and splits.

A snippet that shows a claim has its own seeds; with --soak follow others.
"""

import difflib
import re
import runpy
from itertools import combinations, pairwise
from pathlib import Path
from statistics import fmean

import pytest
import torch
from sklearn.tree import DecisionTreeClassifier
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets" / "overview"
PAGE = (ROOT / "docs" / "overview" / "index.md").read_text("utf-8")
DIGITS = load_digits()
CPU = torch.device("cpu")


def zeros_and_ones(split):
    chosen = split.labels < 2
    return split.images[chosen].flatten(1).float(), split.labels[chosen]


def train(model, x, y, num_steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(num_steps):
        train_epoch(model, [(x, y)], optimizer, CPU)
    return model


@pytest.mark.parametrize(("one", "two"), list(combinations(["rule", "learned_rule", "network"], 2)))
def test_three_ways_differ_in_marked_lines_alone(one, two):
    """The page says: what is not marked is the same in all three (after the docstring's line)."""
    texts = [(SNIPPETS / f"{name}.py").read_text("utf-8").splitlines()[1:] for name in (one, two)]
    changed = [line for line in difflib.ndiff(*texts) if line[0] in "+-" and line[2:].strip()]
    assert changed
    assert [line for line in changed if "# A PERSON" not in line and "# THE DATA" not in line] == []


def test_the_marks_leave_loss_optimizer_and_steps_to_a_person():
    """The data decide what is computed from them; a person chose how."""
    text = (SNIPPETS / "network.py").read_text("utf-8")
    deciders = {}
    for line in text.splitlines():
        marked = re.search(r"^ *(.+?)  # (A PERSON|THE DATA)", line)
        if marked:
            deciders[marked[1]] = marked[2]
    by_a_person = ("nn.Linear(8, 8),", "lr=0.01,", "for _ in range(50):", "optimizer.zero_grad()")
    assert all(deciders[line] == "A PERSON" for line in by_a_person)
    assert deciders["loss = nn.functional.cross_entropy("] == "A PERSON"
    assert deciders["optimizer = torch.optim.Adam("] == "A PERSON"
    assert deciders["loss.backward()"] == deciders["optimizer.step()"] == "THE DATA"


def test_the_table_of_crossings_is_what_the_search_finds():
    ways = runpy.run_path(str(SNIPPETS / "river.py"))["crossings"]
    rows = re.findall(r"^\| (\d) \| (\w+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    assert [row[1] for row in rows] == ways
    near = {"farmer", "wolf", "goat", "cabbage"}
    for number, passenger, on_near, on_far in rows:
        movers = {"farmer", passenger} - {"nobody"}
        near = near - movers if int(number) % 2 else near | movers
        far = {"farmer", "wolf", "goat", "cabbage"} - near
        for said, true in ((on_near, near), (on_far, far)):
            words = {"nobody": set(), "all": {"farmer", "wolf", "goat", "cabbage"}}
            assert words.get(said, set(said.split(", "))) == true


def deep_network():
    """Return the zero-or-one network of the page."""
    layers = [nn.Linear(64, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2)]
    return nn.Sequential(*layers)


@pytest.mark.soak
def test_zero_or_one_network_misses_at_most_one_image():
    x, y = zeros_and_ones(DIGITS.train)
    test, answers = zeros_and_ones(DIGITS.test)
    for seed in range(10):
        torch.manual_seed(seed)
        model = train(deep_network(), x, y, 50)
        assert (model(test).argmax(dim=1) != answers).sum() <= 1


def test_learned_number_is_as_good_as_the_written_one():
    """Over 40 splits the learned rule and the rule "half of the ink" are within two points."""
    parts = [zeros_and_ones(split) for split in (DIGITS.train, DIGITS.test)]
    x, y = (torch.cat(pair) for pair in zip(*parts, strict=True))
    ink = x[:, [27, 28, 35, 36]].mean(dim=1, keepdim=True)
    gains = []
    for seed in range(40):
        order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
        fit, test = order[:-72], order[-72:]
        model = DecisionTreeClassifier(max_depth=1).fit(ink[fit], y[fit])
        written = ((ink[test, 0] > 8) == y[test]).double().mean().item()
        gains.append(model.score(ink[test], y[test]) - written)
    assert abs(fmean(gains)) < 0.02
    assert min(gains) < 0 < max(gains)  # each wins somewhere


def test_network_trained_on_two_digits_gives_the_others_high_probabilities():
    x, y = zeros_and_ones(DIGITS.train)
    others = DIGITS.test.images[DIGITS.test.labels > 1].flatten(1).float()
    for seed in range(10):
        torch.manual_seed(seed)
        model = train(deep_network(), x, y, 50)
        is_sure = model(others).softmax(dim=1).max(dim=1).values > 0.9
        assert is_sure.float().mean() > 0.5


def nearest_mean_by_layer(activation, num_steps, seeds, width=32):
    """Return the mean share of test images nearest to their digit's mean, after 0 to 3 layers."""
    x, y = DIGITS.train.images.flatten(1).double() / 16, DIGITS.train.labels
    new, answers = DIGITS.test.images.flatten(1).double() / 16, DIGITS.test.labels
    rows = []
    for seed in seeds:
        torch.manual_seed(seed)
        sizes = (64, width, width)
        layers = [nn.Sequential(nn.Linear(n, width), activation()) for n in sizes]
        model = train(nn.Sequential(*layers, nn.Linear(width, 10)).double(), x, y, num_steps)
        row = []
        for depth in range(4):
            h, new_h = model[:depth](x), model[:depth](new)
            means = torch.stack([h[y == digit].mean(dim=0) for digit in range(10)])
            row.append((torch.cdist(new_h, means).argmin(dim=1) == answers).double().mean())
        rows.append(torch.stack(row))
    return torch.stack(rows).mean(dim=0).tolist()


@pytest.mark.soak
def test_trained_layers_sort_better_and_better_untrained_ones_worse():
    trained = nearest_mean_by_layer(nn.Tanh, 100, range(5, 10))  # other seeds than the page's
    untrained = nearest_mean_by_layer(nn.Tanh, 0, range(5, 10))
    assert all(after > before + 0.004 for before, after in pairwise(trained))
    assert all(after < before - 0.02 for before, after in pairwise(untrained))


@pytest.mark.parametrize("seeds", [[0], pytest.param(range(1, 6), marks=pytest.mark.soak)])
def test_random_layers_lose_information_when_they_are_narrow(seeds):
    narrow = nearest_mean_by_layer(nn.Tanh, 0, seeds)
    wide = nearest_mean_by_layer(nn.Tanh, 0, seeds, width=1024)
    assert narrow[3] < narrow[0] - 0.1
    assert wide[3] > wide[0] - 0.03  # the pixels have 0.883


@pytest.mark.parametrize("seeds", [[0], pytest.param(range(1, 6), marks=pytest.mark.soak)])
def test_with_relu_the_first_layer_does_nearly_all(seeds):
    _, first, _, third = nearest_mean_by_layer(nn.ReLU, 100, seeds)
    assert first > 0.91  # pixels: 0.883
    assert third < first + 0.01


def test_half_an_image_teaches_without_labels():
    x, new = (split.images.flatten(1).float() / 16 for split in (DIGITS.train, DIGITS.test))
    guess_error = ((new[:, 32:] - x[:, 32:].mean(dim=0)) ** 2).mean()
    for seed in range(5):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 32))
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(100):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(x[:, :32]), x[:, 32:]).backward()
            optimizer.step()
        assert ((new[:, 32:] - model(new[:, :32])) ** 2).mean() < 0.75 * guess_error
