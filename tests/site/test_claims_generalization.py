"""What the page on generalization claims; each test varies what a sentence of the page leaves out.

All seeds and settings but the first run with --soak only.
"""

import contextlib
import io
import runpy
from itertools import pairwise
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from page_snippets import run_snippet
from torch import nn

from dlcourse.data import digits as digits_module
from dlcourse.data.augmentation import shift
from dlcourse.data.digits import load_digits
from dlcourse.data.idx import read_idx
from dlcourse.data.moves import move_four_ways
from dlcourse.models.cnn import CNN
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets" / "generalization"
DIGITS = load_digits()
CPU = torch.device("cpu")


def soak(*values):
    return pytest.param(*values, marks=pytest.mark.soak)


def run_changed(name, tmp_path, *changes):
    """Run a snippet with some texts replaced; return its names."""
    text = (SNIPPETS / f"{name}.py").read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path / f"{name}.py"
    path.write_text(text, "utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        return runpy.run_path(str(path))


def as_float64(split, count=None):
    return split.images[:count].flatten(1).double() / 16, split.labels[:count]


def learning_curves(seed, width, count, has_random_labels, rate, num_epochs):
    """Return the losses of each epoch, training and validation."""
    torch.manual_seed(seed)
    x, labels = as_float64(DIGITS.train, count)
    labels = labels.clone()
    if has_random_labels:
        labels[: count // 5] = torch.randint(10, (count // 5,))
    new_x, new_labels = as_float64(DIGITS.validation)
    layers = nn.Linear(64, width), nn.Tanh(), nn.Linear(width, 10)
    network = nn.Sequential(*layers).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=rate)
    seen, new = [], []
    for _ in range(num_epochs):
        loss = F.cross_entropy(network(x), labels)
        seen.append(loss.item())
        with torch.no_grad():
            new.append(F.cross_entropy(network(new_x), new_labels).item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return seen, new


@pytest.mark.parametrize("width", [2, 16, 128])
def test_networks_of_each_width_overfit_few_images_with_random_labels(seed, width):
    seen, new = learning_curves(seed, width, 150, True, rate=0.03, num_epochs=300)
    lowest = min(new)
    assert seen[-1] < seen[new.index(lowest)] / 1.5  # the training loss goes on falling ...
    assert new[-1] > 1.4 * lowest  # ... when the validation loss has turned


def test_larger_networks_overfit_earlier(seed):
    turns = []
    for width in (2, 16, 128):
        _, new = learning_curves(seed, width, 150, True, rate=0.03, num_epochs=150)
        turns.append(new.index(min(new)))
    assert turns[0] > turns[1] > turns[2]


@pytest.mark.parametrize("width", [16, 128])
def test_networks_of_each_width_fit_all_images_well(seed, width):
    """A few hundred epochs after the lowest validation loss, it is still low."""
    seen, new = learning_curves(seed, width, None, False, rate=0.03, num_epochs=300)
    assert seen[-1] < 0.05
    assert new[-1] < 0.35


@pytest.mark.parametrize(("width", "count"), [(16, 150), soak(128, 150), soak(16, 300)])
def test_few_images_with_correct_labels_are_overfitted_far_less(width, count):
    _, clean = learning_curves(0, width, count, False, rate=0.03, num_epochs=300)
    _, noisy = learning_curves(0, width, count, True, rate=0.03, num_epochs=300)
    assert clean[-1] - min(clean) < (noisy[-1] - min(noisy)) / 2


@pytest.mark.parametrize(
    ("rate", "num_epochs"), [(0.03, 1000), soak(0.01, 3000), soak(0.03, 3000), soak(0.1, 3000)]
)
def test_two_units_stay_far_above_sixteen_however_long_they_train(rate, num_epochs):
    two, _ = learning_curves(0, 2, None, False, rate, num_epochs)
    sixteen, _ = learning_curves(0, 16, None, False, 0.03, 100)
    assert two[99] > two[-1] + 0.2  # part of the loss is due to the short training
    assert min(two) > 0.4 > 0.1 > sixteen[-1]  # the rest is not


REMEDIES = [
    ((5, 10), 40, 150),
    soak((10, 15), 40, 150),
    soak((0, 5), 100, 150),
    soak((0, 5), 40, 200),
    soak((0, 5), 40, 300),
]


@pytest.mark.parametrize(("seeds", "num_epochs", "few"), REMEDIES)
def test_remedies_are_equal_when_each_is_tuned_and_more_images_are_best(
    seeds, num_epochs, few, tmp_path
):
    """On other seeds, after more epochs, and with twice the images."""
    changes = [
        ("seeds = range(5)", f"seeds = range{seeds}"),
        ("in range(40)", f"in range({num_epochs})"),
        ("few = 150", f"few = {few}"),
        ('"nothing": [{}],', '"nothing": [{}], "decay 1": [{"weight_decay": 1}],'),
    ]
    table = run_changed("remedies", tmp_path, *changes)["table"]
    last = {name: row[0][0] for name, row in table.items()}
    early = {name: row[1][0] for name, row in table.items()}
    error = max(max(row[0][1], row[1][1]) for row in table.values())
    two_errors = 2 * 2**0.5 * error  # of a difference
    for remedy in ("weight decay", "dropout"):
        assert last[remedy] > last["nothing"] + 6
        assert abs(last[remedy] - early["nothing"]) < two_errors
        assert abs(early[remedy] - early["nothing"]) < two_errors
    assert abs(last["weight decay"] - last["dropout"]) < two_errors
    assert early["fewer units"] < early["nothing"] + 1
    others = [name for name in table if name != "more images"]
    margin = 3 if few == 150 else 1  # the more images there are already, the less others help
    assert all(early["more images"] > early[name] + margin for name in others)
    if num_epochs == 40:  # later all of 750 images are overfitted as well
        assert all(last["more images"] > last[name] + margin for name in others)
    assert last["decay 1"] < last["weight decay"] - 4  # Try it: untuned, it seems to be worse


def in_the_order_of_the_files():
    folder = Path(digits_module.__file__).parent
    remedy = digits_module.REMEDY
    images = read_idx(folder / "digits-images-idx3-ubyte.gz", dimensions=3, remedy=remedy)
    labels = read_idx(folder / "digits-labels-idx1-ubyte.gz", dimensions=1, remedy=remedy)
    return images, labels.long()


def test_files_hold_one_writer_after_the_other():
    """Each filled in the same form: its first thirty digits return after 120 to 140 others."""
    images, labels = in_the_order_of_the_files()
    form = labels[:30]
    starts = [
        start
        for start in range(len(labels) - 30)
        if (labels[start : start + 30] == form).sum() > 24
    ]
    assert len(starts) == 13
    gaps = [after - before for before, after in pairwise(starts)]
    assert sorted(gaps)[:-1] == [gap for gap in sorted(gaps)[:-1] if 110 < gap < 145]
    ordered = sorted(image.flatten().tolist() for image in images)
    splits = (DIGITS.train, DIGITS.validation, DIGITS.test)
    together = torch.cat([split.images for split in splits])
    assert ordered == sorted(image.flatten().tolist() for image in together)


@pytest.mark.parametrize(
    ("seed", "rate", "num_steps"),
    [(1, 0.05, 100), soak(2, 0.05, 100), soak(3, 0.02, 200), soak(4, 0.1, 60)],
)
def test_other_writers_cost_about_twice_the_errors(seed, rate, num_steps, tmp_path):
    changes = [
        ("manual_seed(0)", f"manual_seed({seed})"),
        ("lr=0.05", f"lr={rate}"),
        ("in range(100)", f"in range({num_steps})"),
    ]
    errors = run_changed("writers", tmp_path, *changes)["errors"]
    for kind in ("ten neurons", "two layers"):
        assert 1.6 < errors[kind, "other writers"] / errors[kind, "any images"] < 3.2


def train(network, is_shifted, rate, num_epochs=5):
    """Train as the digit reader of the page is trained."""
    x = DIGITS.train.images.double() / 16
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate)
    for _ in range(num_epochs):
        batches = []
        for chosen in torch.randperm(len(x)).split(64):
            moved = shift(x[chosen]) if is_shifted else x[chosen]
            batches.append((moved, DIGITS.train.labels[chosen]))
        train_epoch(network, batches, optimizer, CPU)


@pytest.mark.soak
def test_learning_rate_of_the_digit_reader_is_the_best_of_three_in_validation():
    validation = DIGITS.validation.images.double() / 16, DIGITS.validation.labels
    losses = {}
    for rate in (0.002, 0.005, 0.01):
        losses[rate] = 0.0
        for seed in range(3):
            for is_shifted in (False, True):
                torch.manual_seed(seed)
                network = CNN().double()
                train(network, is_shifted, rate)
                losses[rate] += evaluate(network, [validation], CPU)[0]
    assert min(losses, key=losses.get) == 0.005


def rows(chapter):
    """Return the accuracies of a chapter's rows on the scoreboard."""
    lines = (SNIPPETS.parent / chapter / "digit_reader.out").read_text("utf-8").splitlines()
    cut = [line[22:].replace("%", " ").replace("±", " ").split() for line in lines]
    return [(float(row[0]), float(row[2])) for row in cut]


def test_convolution_pays_on_moved_images():
    (fixed,) = rows("training")
    cnn, cnn_moved = rows("generalization")
    assert fixed[1] < 50 < 65 < cnn[1] < 90 < cnn_moved[1]
    assert abs(cnn_moved[0] - cnn_moved[1]) < 2  # almost equally well


@pytest.mark.parametrize(
    ("hidden_features", "rate", "num_epochs"), [(64, 0.01, 20), soak(64, 0.003, 60)]
)
def test_moved_training_images_help_one_hidden_layer_as_well(hidden_features, rate, num_epochs):
    torch.manual_seed(0)
    network = MLP(in_features=64, hidden_features=hidden_features).double()
    train(network, True, rate, num_epochs)
    test = DIGITS.test.images.double() / 16
    labels = DIGITS.test.labels
    unmoved = 100 * evaluate(network, [(test, labels)], CPU)[1]
    ways = move_four_ways(test)
    moved = sum(100 * evaluate(network, [(x, labels)], CPU)[1] for x in ways) / 4
    (fixed,) = rows("training")
    cnn, cnn_moved = rows("generalization")
    assert 86 < moved < 95  # about nine of ten
    assert fixed[0] - unmoved > cnn[0] - cnn_moved[0]  # it loses more than the CNN


@pytest.mark.parametrize("seed", [1, *(soak(seed) for seed in range(2, 6))])
def test_copies_on_both_sides_make_an_accuracy_out_of_nothing(seed, tmp_path):
    change = ("manual_seed(0)", f"manual_seed({seed})")
    names = run_changed("predict_copies", tmp_path, change)
    assert 0.8 < names["with_leak"] < 0.9
    assert names["without_leak"] < 0.2


@pytest.mark.parametrize("num_points", [10, 12, 15, 20])
def test_a_polynomial_through_every_point_is_far_from_new_points(num_points, seed):
    """Its degree is the number of points minus one; with five times the points it does no harm."""
    find_errors = run_snippet("generalization", "degrees")["find_errors"]
    degree = num_points - 1
    _, _, error, new_error = find_errors(num_points, degree, seed)
    assert error < 1e-9
    *_, error_of_3 = find_errors(num_points, 3, seed)
    assert new_error > (1.5 if num_points == 10 else 2) * error_of_3
    *_, from_many = find_errors(5 * num_points, degree, seed)
    assert from_many < 0.07  # the noise alone has 0.04
    *_, many_of_3 = find_errors(5 * num_points, 3, seed)
    assert from_many < 1.3 * many_of_3
