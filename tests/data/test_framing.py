import dataclasses

import pytest

from dlcourse.data.framing import DIGITS_FRAMING, FASHION_FRAMING, MNIST_FRAMING, Framing


@pytest.mark.parametrize(
    "change",
    [
        {"height": 0},
        {"width": 1.5},
        {"least_ink": 1},
        {"center": "left"},
    ],
)
def test_impossible_framing_is_refused(change):
    framing = Framing(height=1, width=0.5)
    with pytest.raises(ValueError, match="got"):
        dataclasses.replace(framing, **change)


def test_mnist_has_digits_of_20_pixels_around_their_center_of_mass():
    # LeCun and others (1998): fitted into 20 x 20 pixels, centered by mass in 28 x 28
    assert 28 * MNIST_FRAMING.height == 20
    assert 28 * MNIST_FRAMING.width == 20
    assert MNIST_FRAMING.center == "mass"
    assert MNIST_FRAMING.keeps_aspect


def test_clothes_fill_the_image_with_their_longer_side():
    # Xiao and others (2017), section 2
    assert FASHION_FRAMING.height == 1
    assert FASHION_FRAMING.width == 1
    assert FASHION_FRAMING.keeps_aspect
    assert FASHION_FRAMING.center == "box"


def test_digits_are_stretched_to_eight_rows_and_six_columns():
    assert 8 * DIGITS_FRAMING.height == 8
    assert 8 * DIGITS_FRAMING.width == 6
    assert not DIGITS_FRAMING.keeps_aspect
