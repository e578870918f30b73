"""The plot style can be seen on light and dark, by every eye, and leaves text as text."""

import io
from itertools import combinations

import matplotlib as mpl
import matplotlib.style
import numpy as np
import pytest
from matplotlib.figure import Figure

from dlcourse.draw import PLOT_STYLE

COLORS = PLOT_STYLE["axes.prop_cycle"].by_key()["color"]


def test_plots_take_the_cycle_and_keep_text_and_background():
    with mpl.rc_context(PLOT_STYLE):
        figure = Figure()
        axes = figure.subplots()
        for number in range(len(COLORS)):
            axes.plot([0, number], label=f"line {number}")
        axes.legend()
        svg = io.StringIO()
        figure.savefig(svg, format="svg")
    assert [line.get_color() for line in axes.lines] == COLORS
    assert ">line 0</text>" in svg.getvalue()  # text, not outlines
    assert "#ffffff" not in svg.getvalue()  # nothing is painted behind the plot


def linear(color: str) -> np.ndarray:
    """Return linear red, green and blue (0 to 1) of an sRGB color, as WCAG 2.2 defines them."""
    srgb = np.array(list(bytes.fromhex(color[1:]))) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2: (L1 + 0.05) / (L2 + 0.05)."""
    luminances = [linear(color) @ [0.2126, 0.7152, 0.0722] for color in (one, other)]
    dark, light = sorted(luminances)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)  # the largest there is, says WCAG


@pytest.mark.parametrize("background", ["#ffffff", "#1e2129"])  # the site's light and dark
@pytest.mark.parametrize("color", COLORS)
def test_cycle_shows_on_light_and_dark(color, background):
    assert contrast(color, background) >= 3  # WCAG 1.4.11, for graphics


# How an eye without one kind of cone sees linear RGB: Machado, Oliveira and Fernandes (2009),
# severity 1.
VISION = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIE L*a*b* (D65) of linear RGB."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    ratio = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", VISION)
def test_cycle_stays_apart_for_every_eye(vision):
    transform = np.array(VISION[vision])
    seen = [lab(transform @ linear(color)) for color in COLORS]
    # A difference of 2.3 is just noticeable (Mahy et al. 1994); 15 is six of them.
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(one - other) > 15


def test_style_can_be_used_by_its_name():
    with mpl.style.context("dlcourse.plot", after_reset=True):
        assert {name: mpl.rcParams[name] for name in PLOT_STYLE} == dict(PLOT_STYLE)
