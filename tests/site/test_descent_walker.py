"""The mathematics of <descent-walker>, beside PyTorch's optimizers and gradients."""

import numpy as np
import pytest
import torch
from widgets import ask_widget

FILE = "descent/descent_walker.js"
HEIGHTS = {
    "hill": lambda w: w[0] ** 2 + 3 * w[1] ** 2,
    "valley": lambda w: w[0] ** 2 / 20 + w[1] ** 2,
    "two valleys": lambda w: w[0] ** 4 - 2 * w[0] ** 2 + 0.5 * w[0] + w[1] ** 2,
    "saddle": lambda w: w[0] ** 2 - w[1] ** 2 + w[1] ** 4 / 4,
}
OPTIMIZERS = {
    "descent": lambda w, rate: torch.optim.SGD([w], lr=rate),
    "momentum": lambda w, rate: torch.optim.SGD([w], lr=rate, momentum=0.9),
    "Adam": lambda w, rate: torch.optim.Adam([w], lr=rate),
}
SETTING = {"surface": "valley", "optimizer": "descent", "start": [-1.8, 1.0], "seed": 1}


def walk(num_steps, **changes):
    """Return what the page's walk of some steps gives."""
    setting = SETTING | {"rate": 0.5, "noise": 0} | changes
    (result,) = ask_widget(FILE, [["walkFor", setting, num_steps]])
    return result


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("surface", HEIGHTS)
@pytest.mark.parametrize("rate", [0.02, 0.06])
def test_a_walk_is_that_of_pytorch(surface, optimizer, rate):
    w = torch.tensor([-1.3, 1.1], dtype=torch.float64, requires_grad=True)
    steps = OPTIMIZERS[optimizer](w, rate)
    expected = [w.tolist()]
    for _ in range(60):
        steps.zero_grad()
        HEIGHTS[surface](w).backward()
        steps.step()
        expected.append(w.tolist())
    found = walk(60, surface=surface, optimizer=optimizer, rate=rate, start=[-1.3, 1.1])
    assert found["end"] is None
    np.testing.assert_allclose(found["path"], expected, rtol=0, atol=1e-9)  # float64 on both sides


@pytest.mark.parametrize("surface", HEIGHTS)
def test_contour_lines_lie_on_their_level(surface):
    (levels,) = ask_widget(FILE, [["levelsOf", surface]])
    contours = ask_widget(FILE, [["contour", surface, level] for level in levels])
    assert len(levels) == len(set(levels)) == 9
    for level, pieces in zip(levels, contours, strict=True):
        assert len(pieces) > 4
        places = np.array(pieces).reshape(-1, 2)
        heights = HEIGHTS[surface](places.T)
        # A straight side of length s strays by at most curvature * s² / 8 from the surface. Here s
        # is at most 0.0884, and the curvature at most 44, that of x⁴ - 2x² at the border.
        assert np.abs(heights - level).max() < 44 * 0.0884**2 / 8


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"rate": 0.9}, "converged"),
        ({"rate": 0.98, "optimizer": "descent"}, "converged"),
        ({"rate": 1.02}, "diverged"),
        ({"rate": 1.2}, "diverged"),
        ({"rate": 1.0}, "stopped"),
        ({"rate": 0.02}, "stopped"),
        ({"rate": 0.32, "surface": "hill"}, "converged"),
        ({"rate": 0.36, "surface": "hill"}, "diverged"),
        ({"rate": 1.2, "surface": "two valleys"}, "diverged"),
        ({"rate": 0.5, "noise": 1}, "stopped"),
        ({"rate": 0.1, "surface": "saddle", "start": [1, 0]}, "converged"),
    ],
)
def test_a_walk_ends_as_the_wall_says(changes, end):
    # A bowl's wall is 2 / curvature: 1 in the valley, one third on the hill.
    found = walk(400, **changes)
    assert found["end"] == end
    assert found["steps"] == len(found["path"]) - 1 <= 300


def test_the_blind_walker_only_goes_down_and_stays_where_a_trial_does_not():
    blind = np.array(walk(80, rate=0.02)["blind"])
    heights = HEIGHTS["valley"](blind.T)
    lengths = np.linalg.norm(np.diff(blind, axis=0), axis=1)
    moved = lengths > 0
    assert 10 < moved.sum() < 70
    np.testing.assert_allclose(lengths[moved], 0.25, atol=1e-12)
    assert (np.diff(heights)[moved] < 0).all()


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("noise", [0.5, 2.0])
def test_noise_is_normal_with_the_deviation_of_the_slider(seed, noise):
    path = np.array(walk(300, rate=0.1, noise=noise, seed=seed)["path"])
    w = torch.tensor(path[:-1].T, requires_grad=True)
    HEIGHTS["valley"](w).sum().backward()
    draws = ((path[:-1] - path[1:]) / 0.1 - w.grad.numpy().T).ravel() / noise
    # 600 draws: the standard error is 0.04 of the mean and 0.03 of the deviation; four of each.
    assert abs(draws.mean()) < 0.16
    assert abs(draws.std() - 1) < 0.12
    assert abs((np.abs(draws) < 1).mean() - 0.683) < 0.08


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("noise", [0.1, 1.0, 2.0])
def test_with_noise_descent_does_not_settle_and_smaller_steps_stay_nearer(noise, seed):
    def distance(rate):
        found = walk(300, rate=rate, noise=noise, seed=seed)
        assert found["end"] == "stopped"
        path = np.array(found["path"][200:])
        return np.abs(path[:, 1]).mean()  # across the valley, where both rates have arrived

    assert distance(0.1) < 0.6 * distance(0.8)
