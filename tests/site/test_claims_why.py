"""What the page on why, and when not, claims.

Where a snippet of the page shows a claim with seed 0 (and the page's own test compares what it
prints), five other seeds follow here with --soak. What no snippet shows runs here each time.
"""

import re
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest
import torch
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier
from torch import nn
from torch.nn.functional import pad

from dlcourse.data.digits import load_digits
from dlcourse.models.cnn import CNN
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

ROOT = Path(__file__).resolve().parents[2]
CPU = torch.device("cpu")
DIGITS = load_digits()
X, Y = DIGITS.train.images.flatten(1).double() / 16, DIGITS.train.labels
NEW, NEW_Y = DIGITS.test.images.flatten(1).double() / 16, DIGITS.test.labels


def train(model, x, y, num_epochs, batch_size=None, learning_rate=0.01):
    """Train in mini-batches, or on everything at once."""
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for _ in range(num_epochs):
        order = torch.randperm(len(y)).split(batch_size) if batch_size else [torch.arange(len(y))]
        train_epoch(model, [(x[chosen], y[chosen]) for chosen in order], optimizer, CPU)
    return model


def score(model, x, y):
    return evaluate(model, [(x, y)], CPU)[1]


def perceptron(*sizes, activation=nn.ReLU):
    layers = [layer for pair in pairwise(sizes) for layer in (nn.Linear(*pair), activation())]
    return nn.Sequential(*layers[:-1]).double()


def moved(split):
    """Put every image somewhere on a page of 14 x 14."""
    pages = []
    for image in split.images.double() / 16:
        row, column = torch.randint(7, (2,)).tolist()
        pages.append(pad(image, (column, 6 - column, row, 6 - row)))
    return torch.stack(pages)


def centered(split):
    """Put every image in the middle of a page of 14 x 14."""
    return pad(split.images.double() / 16, (3, 3, 3, 3))


def choose_few(labels, num_each):
    """Return the places of a few random images of each label."""
    order = torch.randperm(len(Y))
    few = []
    for label in labels:
        of_this_label = order[Y[order] == label]
        few.append(of_this_label[:num_each])
    return torch.cat(few)


@pytest.mark.soak
def test_five_learned_features_beat_five_by_hand(seed):
    torch.manual_seed(seed)
    images = [split.reshape(-1, 8, 8) for split in (X, NEW)]
    hand = []
    for p in images:
        parts = [
            p,
            (p - p.flip(2)).abs(),
            (p - p.flip(1)).abs(),
            p[:, 3:5, 3:5],
            p[:, :4] - p[:, 4:],
        ]
        hand.append(torch.stack([part.mean(dim=(1, 2)) for part in parts], dim=1))
    network = train(perceptron(64, 32, 5, 10, activation=nn.Tanh), X, Y, 200)
    learned = [network[:4](x).detach() for x in (X, NEW)]
    scores = {
        name: LogisticRegression(C=100, max_iter=2000).fit(old, Y).score(new, NEW_Y)
        for name, (old, new) in {"hand": hand, "learned": learned, "pixels": (X, NEW)}.items()
    }
    assert scores["learned"] > scores["hand"] + 0.25
    assert scores["pixels"] > 0.95  # and neither beats all 64 pixels, in this neat data set
    assert scores["pixels"] > scores["learned"] - 0.02


@pytest.mark.soak
def test_distances_lose_contrast_and_digits_keep_theirs(seed):
    torch.manual_seed(seed)

    def ratio(points):
        distances = torch.cdist(points, points)
        farthest = distances.max(dim=1).values
        return (distances.fill_diagonal_(torch.inf).min(dim=1).values / farthest).mean().item()

    ratios = [ratio(torch.rand(500, d).double()) for d in (2, 10, 100, 1000, 10_000)]
    assert all(more > less for less, more in pairwise(ratios))
    assert ratios[0] < 0.05
    assert ratios[3] > 0.85
    chosen = X[torch.randperm(len(X))[:500]]
    mixed = torch.stack([column[torch.randperm(500)] for column in chosen.T], dim=1)
    assert ratio(chosen) < ratio(mixed) - 0.15
    assert abs(ratio(chosen) - ratios[1]) < 0.1  # like ten random columns, not like 64


def test_random_columns_hide_the_nearest_neighbor(seed):
    torch.manual_seed(seed)
    scores = []
    for num_columns in (0, 100, 1000, 10_000):
        x = torch.cat([X, torch.rand(len(X), num_columns)], dim=1)
        new = torch.cat([NEW, torch.rand(len(NEW), num_columns)], dim=1)
        scores.append(KNeighborsClassifier(1).fit(x, Y).score(new, NEW_Y))
    assert scores[0] > 0.97
    assert all(more > less + 0.05 for more, less in pairwise(scores))
    assert scores[-1] < 0.3


@pytest.mark.soak
@pytest.mark.parametrize("learning_rate", [0.003, 0.01, 0.03])
def test_longer_training_does_not_help_the_cnn_on_mixed_pixels(seed, learning_rate):
    """After 24 epochs: measured 0.43 to 0.58, the forest 0.65."""
    torch.manual_seed(seed)
    mix = torch.randperm(14 * 14)
    x, new = (moved(split).flatten(1)[:, mix] for split in (DIGITS.train, DIGITS.test))
    forest = RandomForestClassifier(random_state=seed).fit(x, Y).score(new, NEW_Y)
    x, new = (pages.reshape(-1, 1, 14, 14) for pages in (x, new))
    cnn = train(CNN().double(), x, Y, 24, 64, learning_rate)
    assert score(cnn, new, NEW_Y) < forest


@pytest.mark.soak
def test_cnn_classifies_moved_digits_unless_their_pixels_are_mixed(seed):
    torch.manual_seed(seed)
    x, new = moved(DIGITS.train), moved(DIGITS.test)
    linear = LogisticRegression(max_iter=1000).fit(x.flatten(1), Y).score(new.flatten(1), NEW_Y)
    forest = (
        RandomForestClassifier(random_state=seed).fit(x.flatten(1), Y).score(new.flatten(1), NEW_Y)
    )
    plain = score(train(MLP(14 * 14).double(), x, Y, 8, 64), new, NEW_Y)
    cnn = score(train(CNN().double(), x, Y, 8, 64), new, NEW_Y)
    mix = torch.randperm(14 * 14)
    x, new = (pages.flatten(1)[:, mix].reshape(-1, 1, 14, 14) for pages in (x, new))
    mixed = score(train(CNN().double(), x, Y, 8, 64), new, NEW_Y)
    assert cnn > 0.85
    assert cnn > max(forest, plain, mixed) + 0.15
    assert linear < 0.4
    assert forest > mixed  # without neighbors the CNN's assumption costs more than it brings


def table(num_rows, num_noise):
    """A chessboard of 4 x 4 fields in two columns, the others are noise."""
    x = 2 * torch.rand(num_rows, 2 + num_noise).double() - 1
    return x, (2 * x[:, :2]).floor().long().sum(dim=1) % 2


@pytest.mark.parametrize("learning_rate", [0.003, pytest.param(0.01, marks=pytest.mark.soak)])
def test_boosted_trees_are_far_ahead_where_ten_columns_are_noise(seed, learning_rate):
    """Of six tables the smallest lead is 44 points with the page's learning rate, 45 with 0.01."""
    torch.manual_seed(seed)
    (x, y), (new, new_y) = table(2000, 10), table(2000, 10)
    trees = HistGradientBoostingClassifier().fit(x, y).score(new, new_y)
    network = train(perceptron(12, 64, 64, 2), x, y, 200, learning_rate=learning_rate)
    assert trees > 0.95
    assert trees > score(network, new, new_y) + 0.35
    assert score(network, x, y) > 0.95  # it has learned the training rows by heart


@pytest.mark.soak
def test_without_noise_the_network_is_close_behind_and_neighbors_need_it(seed):
    torch.manual_seed(seed)
    for num_noise in (0, 10):
        (x, y), (new, new_y) = table(2000, num_noise), table(2000, num_noise)
        neighbors = KNeighborsClassifier(15).fit(x, y).score(new, new_y)
        assert neighbors > 0.9 if num_noise == 0 else neighbors < 0.6
        if num_noise == 0:
            trees = HistGradientBoostingClassifier().fit(x, y).score(new, new_y)
            network = train(perceptron(2, 64, 64, 2), x, y, 200, learning_rate=0.003)
            assert trees - 0.07 < score(network, new, new_y) < trees


@pytest.mark.soak
def test_other_settings_do_not_save_the_network(seed):
    """The best of six settings, chosen by the test rows themselves, stays at guessing."""
    torch.manual_seed(seed)
    (x, y), (new, new_y) = table(2000, 10), table(2000, 10)
    scores = []
    for hidden in (16, 128):
        for weight_decay in (0, 1, 5):
            model = perceptron(12, hidden, hidden, 2)
            optimizer = torch.optim.AdamW(model.parameters(), lr=0.003, weight_decay=weight_decay)
            for _ in range(100):
                train_epoch(model, [(x, y)], optimizer, CPU)
            scores.append(score(model, new, new_y))
    assert max(scores) < 0.6


@pytest.mark.soak
def test_sixteen_times_the_rows_save_the_network(seed):
    torch.manual_seed(seed)
    (x, y), (new, new_y) = table(32_000, 10), table(2000, 10)
    model = train(perceptron(12, 64, 64, 2), x, y, 20, batch_size=128, learning_rate=0.003)
    assert score(model, new, new_y) > 0.93


def test_trees_need_meaningful_columns(seed):
    """Turn the table so that every column mixes all: the trees are down at guessing as well."""
    torch.manual_seed(seed)
    (x, y), (new, new_y) = table(2000, 10), table(2000, 10)
    turn = torch.linalg.qr(torch.randn(12, 12).double())[0]
    assert HistGradientBoostingClassifier().fit(x @ turn, y).score(new @ turn, new_y) < 0.6


@pytest.mark.soak
@pytest.mark.parametrize("hidden", [(128,), (128, 128)], ids=["one layer", "two layers"])
@pytest.mark.parametrize(("learning_rate", "num_steps"), [(0.003, 60), (0.01, 60), (0.01, 300)])
def test_with_one_image_each_a_network_is_not_better_than_means_with_fifty_clearly(
    hidden, learning_rate, num_steps
):
    """With one image each: one hidden layer is 0.01 behind the means, two are 0.03 behind."""
    gains = {1: [], 5: [], 50: []}
    for num_each, found in gains.items():
        for seed in range(5, 15):
            torch.manual_seed(seed)
            few = choose_few(range(10), num_each)
            x, y = X[few], Y[few]
            means = torch.stack([x[y == digit].mean(dim=0) for digit in range(10)])
            by_means = (torch.cdist(NEW, means).argmin(dim=1) == NEW_Y).double().mean().item()
            network = perceptron(64, *hidden, 10)
            train(network, x, y, num_steps, learning_rate=learning_rate)
            found.append(score(network, NEW, NEW_Y) - by_means)
    assert fmean(gains[1]) < 0.01
    assert abs(fmean(gains[5])) < 0.04
    assert fmean(gains[50]) > 0.04


@pytest.mark.parametrize("place", [centered, moved])
def test_features_of_other_digits_help_where_digits_move_and_not_where_they_are_centered(
    place, seed
):
    """Pixels and features are tuned alike: each has the best of three strengths of its penalty.

    Measured over four networks and three draws each, from 1 to 50 images: centered, pixels are 0.03
    to 0.13 ahead; moved, features are 0.29 to 0.42 ahead.
    """
    torch.manual_seed(seed)
    x, new_x = place(DIGITS.train), place(DIGITS.test)
    network = train(CNN(num_classes=6).double(), x[Y < 6], Y[Y < 6], 8, 64).eval()
    network.output = nn.Identity()
    is_new = NEW_Y > 5
    views = {
        "pixels": (x.flatten(1), new_x.flatten(1)),
        "features": (network(x).detach(), network(new_x).detach()),
    }
    for num_each in (1, 5, 50):
        scores = {name: dict.fromkeys((0.1, 1, 10), 0.0) for name in views}
        for _ in range(5):
            few = choose_few((6, 7, 8, 9), num_each)
            for name, (seen, new_seen) in views.items():
                for strength in scores[name]:
                    model = LogisticRegression(C=strength, max_iter=1000)
                    model.fit(seen[few], Y[few])
                    scores[name][strength] += model.score(new_seen[is_new], NEW_Y[is_new]) / 5
        pixels = max(scores["pixels"].values())
        features = max(scores["features"].values())
        if place is centered:
            assert pixels > features
        else:
            assert features > pixels + 0.15


@pytest.mark.soak
def test_features_beat_a_new_cnn_with_one_moved_image_and_lose_with_fifty(seed):
    """The new network has the best of three learning rates, as measured on the new images."""
    torch.manual_seed(seed)
    x, new_x = moved(DIGITS.train), moved(DIGITS.test)
    network = train(CNN(num_classes=6).double(), x[Y < 6], Y[Y < 6], 8, 64).eval()
    network.output = nn.Identity()
    seen, new_seen = network(x).detach(), network(new_x).detach()
    is_new = NEW_Y > 5
    gains = {}
    for num_each in (1, 50):
        few = choose_few((6, 7, 8, 9), num_each)
        model = LogisticRegression(max_iter=1000).fit(seen[few], Y[few])
        by_features = model.score(new_seen[is_new], NEW_Y[is_new])
        by_new = []
        for learning_rate in (0.003, 0.01, 0.03):
            new = CNN(num_classes=4).double()
            train(new, x[few], Y[few] - 6, 40, learning_rate=learning_rate)
            by_new.append(score(new, new_x[is_new], NEW_Y[is_new] - 6))
        gains[num_each] = by_features - max(by_new)
    assert gains[1] > 0.05
    assert gains[50] < -0.03


def test_page_quotes_the_benchmark_of_starting_from_mnist():
    table = (ROOT / "benchmarks" / "transfer.md").read_text("utf-8")
    row = re.search(r"digits, from MNIST, cnn \| 10 \| ([\d.]+) .*? \| ([\d.]+) ", table)
    from_nothing, from_mnist = (round(100 * float(share)) for share in row.groups())
    page = (ROOT / "docs" / "why" / "index.md").read_text("utf-8")
    assert re.findall(r"(\d+)%<!--number: benchmarks/transfer", page) == [
        f"{from_mnist}",
        f"{from_nothing}",
    ]


@pytest.mark.soak
def test_readable_tree_is_poor_and_a_network_smaller_than_a_forest():
    tree = DecisionTreeClassifier(max_leaf_nodes=10, random_state=0).fit(X, Y)
    forest = RandomForestClassifier(random_state=0).fit(X, Y)
    num_leaves = sum(tree.get_n_leaves() for tree in forest.estimators_)
    for seed in range(1, 6):
        torch.manual_seed(seed)
        network = train(perceptron(64, 32, 10), X, Y, 200)
        num_weights = sum(parameter.numel() for parameter in network.parameters())
        assert num_leaves > 5 * num_weights
        assert score(network, NEW, NEW_Y) > tree.score(NEW, NEW_Y) + 0.25
        assert score(network, NEW, NEW_Y) > forest.score(NEW, NEW_Y) - 0.04


def test_linear_model_is_the_smallest_good_one():
    """650 numbers, for three strengths of its penalty: as good as the 2,410 of the network."""
    for strength in (1, 10, 100):
        model = LogisticRegression(C=strength, max_iter=1000).fit(X, Y)
        assert model.coef_.size + model.intercept_.size == 650
        assert model.score(NEW, NEW_Y) > 0.95


@pytest.mark.soak
@pytest.mark.parametrize("learning_rate", [0.003, 0.01, 0.03])
def test_a_mark_that_gives_the_answer_away_fools_trees_and_network(seed, learning_rate):
    """After 400 steps: measured 0.52 to 0.59."""
    torch.manual_seed(seed)
    marked = X.clone()
    marked[:, 0] = Y % 2
    trees = HistGradientBoostingClassifier()
    assert trees.fit(X, Y % 2).score(NEW, NEW_Y % 2) > 0.97
    assert trees.fit(marked, Y % 2).score(NEW, NEW_Y % 2) < 0.55
    clean = train(perceptron(64, 64, 2), X, Y % 2, 400, learning_rate=learning_rate)
    assert score(clean, NEW, NEW_Y % 2) > 0.97
    fooled = train(perceptron(64, 64, 2), marked, Y % 2, 400, learning_rate=learning_rate)
    assert score(fooled, NEW, NEW_Y % 2) < 0.65


def test_straight_lines_are_good_enough_for_neat_digits(seed):
    """The ladder stops there on any split: the validation split of the page is one of many."""
    order = torch.randperm(len(Y), generator=torch.Generator().manual_seed(seed))
    fit, new = order[:-143], order[-143:]  # as many new images as the validation split has
    assert LogisticRegression().fit(X[fit], Y[fit]).score(X[new], Y[new]) > 0.93
    assert Y[new].bincount().max() / len(new) < 0.2  # and the step before it is not
