"""What the page on the choice of a family claims, with other settings than the page's."""

from functools import cache, partial
from pathlib import Path
from statistics import fmean

import pytest
import torch
from page_snippets import run_snippet

from dlcourse.training.loop import evaluate

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets" / "beyond"
SOAK = pytest.mark.soak
CPU = torch.device("cpu")
FAMILIES = ("MLP", "CNN", "GRU", "attention", "places")
WINNERS = {"image": "CNN", "shuffled": "MLP", "sequence": "GRU", "set": "attention"}
names_of = cache(partial(run_snippet, "beyond"))


@cache
def functions_of(snippet, until):
    """Run a snippet up to a line that begins with `until`; return its names."""
    source = (SNIPPETS / f"{snippet}.py").read_text("utf-8")
    names = {}
    exec(compile(source.partition(f"\n{until}")[0], snippet, "exec"), names)
    return names


def families():
    return functions_of("families", "accuracies = ")


# Assumptions without training


@pytest.mark.parametrize("distance", [2, 4])  # the edges of the page stay outside of the windows
def test_what_leaves_the_output_of_a_family_unchanged(distance, seed):
    names = names_of("symmetries")
    torch.manual_seed(seed + 1)
    x = torch.zeros(3, 24, 24)
    x[:, 8:15, 9:16] = torch.rand(3, 7, 7)
    changes = {
        "moved by two": x.roll((distance, -distance), dims=(1, 2)),
        "two steps later": x.roll(distance, dims=1),
        "rows in any order": x[:, torch.randperm(24)],
    }
    for (change, family), is_same in names["is_same"].items():
        compute = names["families"][family]
        close = torch.isclose(compute(x), compute(changes[change]), atol=1e-6).all(dim=1)
        assert close.tolist() == [is_same] * 3


@pytest.mark.parametrize("distance", [1, 3])  # no whole step of the pooling of two by two
def test_a_move_by_an_odd_number_of_pixels_changes_most_outputs_of_the_cnn(distance, seed):
    torch.manual_seed(seed + 1)
    x = torch.zeros(1, 24, 24)
    x[:, 8:15, 9:16] = torch.rand(7, 7)
    compute = names_of("symmetries")["families"]["CNN"]
    change = (compute(x.roll(distance, dims=2)) - compute(x)).abs()
    assert (change > 1e-6).float().mean() > 0.5


@pytest.mark.parametrize("form", ["image", "set"])
def test_an_mlp_with_exchanged_columns_computes_the_same_from_exchanged_pixels(form, seed):
    data = families()["make_data"](form, seed)
    x = data[2][0].double()
    torch.manual_seed(seed)
    network = families()["make_network"]("MLP", *x.shape[1:]).double()
    before = network(x)
    order = torch.randperm(x[0].numel())
    with torch.no_grad():
        network.hidden.weight.copy_(network.hidden.weight[:, order])
    shuffled = x.flatten(1)[:, order].view(x.shape)
    # another order of the same float64 sums
    torch.testing.assert_close(network(shuffled), before, rtol=1e-9, atol=1e-12)


def test_a_set_of_points_may_have_any_order_for_attention_alone(seed):
    x, _ = families()["make_data"]("set", seed)[2]
    x = x.double()
    torch.manual_seed(seed)
    order = torch.randperm(x.shape[1])
    for family in FAMILIES:
        network = families()["make_network"](family, *x.shape[1:]).double().eval()
        change = (network(x[:, order]) - network(x)).abs().max()
        if family == "attention":
            assert change < 1e-12  # another order of the same float64 sums
        else:
            assert change > 1e-3


# The table


def score(family, data, *settings):
    """Return the accuracies in validation and test."""
    network = families()["train"](family, data, *settings)
    found = [evaluate(network, [split], CPU)[1] for split in data[1:]]
    return tuple(found)


@pytest.mark.parametrize(
    ("form", "next_best", "lead"),
    [
        ("image", "GRU", 0.1),
        ("shuffled", "CNN", 0.05),
        ("sequence", "CNN", 0.03),
        ("set", "GRU", 0),
    ],
)
def test_another_family_wins_in_each_form_with_another_rate_and_more_epochs(
    form, next_best, lead, seed
):
    """Against the next best of the page; against attention with positions, there is a test below.

    The leads leave two standard errors below what the page shows, and more for the GRU, which
    learns slowly at this rate.
    """
    data = families()["make_data"](form, seed + 1)
    settings = (0.01, 8, seed + 1)
    _, of_winner = score(WINNERS[form], data, *settings)
    _, of_next_best = score(next_best, data, *settings)
    assert of_winner > of_next_best + lead


def keep_first(data, num_images):
    """Return the data with fewer training images."""
    (x, y), *others = data
    return [(x[:num_images], y[:num_images]), *others]


@SOAK
@pytest.mark.parametrize("form", WINNERS)
@pytest.mark.parametrize("num_images", [600, 1295])
def test_each_wins_where_each_has_its_best_rate_in_validation(form, num_images):
    """Means of three seeds; every family has the same three rates to choose from."""
    means = {}
    for family in FAMILIES:
        accuracies = []
        for seed in range(1, 4):
            data = keep_first(families()["make_data"](form, seed), num_images)
            runs = [score(family, data, rate, 10, seed) for rate in (0.005, 0.01, 0.02)]
            accuracies.append(max(runs)[1])
        means[family] = fmean(accuracies)
    winner = means[WINNERS[form]]
    for family, mean in means.items():
        if (form, family) == ("set", "places"):
            # The page says that this lead is small; one point is half of its standard error.
            assert winner > mean - 0.01
        elif family != WINNERS[form]:
            assert winner > mean + 0.02
    # which of two digits came last: half of the answers, and a tenth of the rest by equal digits
    if form == "sequence":
        assert means["attention"] < 0.57


@SOAK
@pytest.mark.parametrize("settings", [(0.015, 6), (0.01, 6)])
def test_a_gru_that_has_to_keep_the_first_digit_learns_little(settings, seed):
    data = [(x.flip(1), y) for x, y in families()["make_data"]("sequence", seed)]
    _, of_gru = score("GRU", data, *settings, seed)
    _, of_cnn = score("CNN", data, *settings, seed)
    assert of_gru < of_cnn - 0.1


# Few images


@pytest.mark.parametrize(
    ("num_steps", "rate"),
    [(80, 0.005), pytest.param(400, 0.01, marks=SOAK), pytest.param(400, 0.003, marks=SOAK)],
)
def test_a_quarter_of_the_images_is_enough_for_the_cnn_to_be_ahead(num_steps, rate, seed):
    accuracy_with = functions_of("few_images", "means = ")["accuracy_with"]
    of_cnn = accuracy_with("CNN", 240, seed + 3, num_steps, rate)
    of_mlp = accuracy_with("MLP", 960, seed + 3, num_steps, rate)
    assert of_cnn > of_mlp + 0.1
