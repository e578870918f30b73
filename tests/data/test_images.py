import dataclasses

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from dlcourse.data.framing import DIGITS_FRAMING, Framing
from dlcourse.data.images import enlarge, prepare_drawing
from dlcourse.errors import DataError

UPRIGHT = Framing(
    height=1, width=1, keeps_aspect=True, removes_slant=True, least_ink=0, centre="box"
)


def seven(ink=0, paper=255, size=(200, 160), offset=(0, 0), pen=9) -> Image.Image:
    image = Image.new("L", size, paper)
    points = [
        (60 + offset[0], 40 + offset[1]),
        (110 + offset[0], 40 + offset[1]),
        (75 + offset[0], 120 + offset[1]),
    ]
    ImageDraw.Draw(image).line(points, fill=ink, width=pen)
    return image


def ink_box(drawing: torch.Tensor) -> tuple[int, int, int, int]:
    """Return top, left, height and width of what is not black."""
    rows = drawing[0].any(dim=1).nonzero()
    columns = drawing[0].any(dim=0).nonzero()
    return (
        int(rows.min()),
        int(columns.min()),
        int(rows.max() - rows.min() + 1),
        int(columns.max() - columns.min() + 1),
    )


def center_of_mass(drawing: torch.Tensor) -> tuple[float, float]:
    levels = drawing[0].double()
    index = torch.arange(len(levels), dtype=torch.float64)
    return float(levels.sum(dim=1) @ index / levels.sum()), float(
        levels.sum(dim=0) @ index / levels.sum()
    )


@pytest.mark.parametrize(
    "points", [[(20, 10), (180, 30)], [(90, 5), (95, 150)], [(30, 30), (150, 30), (60, 140)]]
)
def test_ink_has_a_longer_side_of_20_and_its_mass_in_the_middle_as_in_mnist(points):
    image = Image.new("L", (200, 160), 255)
    ImageDraw.Draw(image).line(points, fill=0, width=10)
    drawing = prepare_drawing(image, 28)
    assert drawing.shape == (1, 28, 28)
    assert drawing.dtype == torch.uint8
    assert int(drawing.max()) == 255
    assert max(ink_box(drawing)[2:]) == 20
    row, column = center_of_mass(drawing)
    assert abs(row - 14) <= 0.51  # moved by whole pixels, and levels are rounded
    assert abs(column - 14) <= 0.51


def test_light_on_dark_is_dark_on_light():
    assert torch.equal(prepare_drawing(seven(255, 0), 28), prepare_drawing(seven(0, 255), 28))


@pytest.mark.parametrize(("ink", "paper"), [(40, 200), (0, 120), (230, 90), (200, 255)])
def test_gray_ink_and_paper_do_not_matter(ink, paper):
    difference = prepare_drawing(seven(ink, paper), 28).int() - prepare_drawing(seven(), 28).int()
    assert difference.abs().max() <= 1  # rounding


@pytest.mark.parametrize("offset", [(-55, -35), (80, 30), (0, 30)])
def test_position_does_not_matter(offset):
    assert torch.equal(prepare_drawing(seven(offset=offset), 28), prepare_drawing(seven(), 28))


@pytest.mark.parametrize("factor", [2, 3, 10])
def test_resolution_hardly_matters(factor):
    small = seven()
    large = small.resize((small.width * factor, small.height * factor), Image.Resampling.NEAREST)
    drawing = prepare_drawing(small, 28).float()
    difference = (prepare_drawing(large, 28) - drawing).abs().mean()
    assert (
        difference < (drawing.roll(1, dims=2) - drawing).abs().mean() / 2
    )  # less than half a pixel's move


def test_shaded_paper_is_taken_away():
    # A shadow takes up to 40 % of the light: the paper on the right is 102 levels darker than on the left.
    light = np.linspace(1, 0.6, 200)[None] * np.asarray(seven(ink=100), dtype=float)
    drawing = prepare_drawing(Image.fromarray(light.astype(np.uint8)), 28)
    expected = prepare_drawing(seven(ink=100), 28)
    assert ink_box(drawing)[2:] == ink_box(expected)[2:]
    strength, expected_strength = drawing.float().mean().item(), expected.float().mean().item()
    assert strength == pytest.approx(expected_strength, rel=0.15)  # the ink on the right is paler


def test_faint_specks_do_not_spoil_the_crop():
    speckled = seven()
    speckled.putpixel((195, 155), 210)  # a fifth of the ink's strength
    assert torch.equal(prepare_drawing(speckled, 28), prepare_drawing(seven(), 28))


def test_thin_pen_reaches_full_strength():
    assert int(prepare_drawing(seven(pen=1, size=(1000, 1000)), 28).max()) == 255


@pytest.mark.parametrize("paper", [0, 128, 255])
def test_empty_sheet_is_refused(paper):
    for image in (Image.new("L", (50, 70), paper), Image.new("L", (1, 1), paper)):
        with pytest.raises(DataError, match="the drawing is empty: "):
            prepare_drawing(image, 28)


def test_shaded_empty_sheet_is_refused():
    ramp = np.linspace(60, 190, 64).astype(np.uint8)[None].repeat(32, axis=0)
    with pytest.raises(DataError, match="the drawing is empty: "):
        prepare_drawing(Image.fromarray(ramp), 28)


def test_colored_drawing_needs_no_conversion():
    assert torch.equal(prepare_drawing(seven().convert("RGBA"), 28), prepare_drawing(seven(), 28))


def test_preparing_leaves_the_image_alone():
    image = seven(size=(1000, 1000))
    before = image.copy()
    prepare_drawing(image, 28)
    assert image.size == before.size
    assert image.tobytes() == before.tobytes()


def test_slant_is_removed():
    slanted = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(slanted).line([(140, 20), (60, 180)], fill=0, width=12)
    upright = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(upright).line([(100, 20), (100, 180)], fill=0, width=12)
    width_slanted = ink_box(prepare_drawing(slanted, 40, UPRIGHT))[3]
    assert (
        width_slanted <= ink_box(prepare_drawing(upright, 40, UPRIGHT))[3] + 2
    )  # slant makes it 20 wide
    assert ink_box(prepare_drawing(slanted, 28))[3] >= 10


@pytest.mark.parametrize("pen", [1, 4, 9])
def test_thin_strokes_are_widened_to_the_least_ink(pen):
    thin = dataclasses.replace(DIGITS_FRAMING, least_ink=0)
    shares = [
        prepare_drawing(seven(pen=pen), 64, framing)[0, :, 8:56].float().mean().item() / 255
        for framing in (DIGITS_FRAMING, thin)
    ]
    # a step widens by a 64th of the height on each side, about 0.05 of the share for strokes so long
    assert 0.33 < shares[0] < 0.42
    assert shares[1] < 0.3


def test_digits_fill_eight_rows_and_six_columns():
    drawing = prepare_drawing(seven(), 8, DIGITS_FRAMING)
    assert drawing.shape == (1, 8, 8)
    assert ink_box(drawing) == (0, 1, 8, 6)


def test_enlarge_repeats_pixels_and_pads_with_zeros():
    images = torch.randint(1, 17, (2, 1, 8, 8), dtype=torch.uint8)
    large = enlarge(images, 28)
    assert large.dtype == torch.uint8
    tripled = np.kron(images.numpy(), np.ones((1, 1, 3, 3), dtype=np.uint8))
    assert np.array_equal(large[:, :, 2:26, 2:26].numpy(), tripled)
    assert int(large.sum()) == 9 * int(images.sum())  # so the border is zero


def test_enlarge_to_the_same_size_changes_nothing():
    images = torch.rand(2, 3, 28, 28)
    assert torch.equal(enlarge(images, 28), images)


def test_enlarge_pads_to_a_square():
    assert enlarge(torch.ones(1, 1, 3, 5), 11).shape == (1, 1, 11, 11)
    assert enlarge(torch.ones(1, 1, 3, 5), 11).sum() == 2 * 2 * 15


def test_larger_images_are_refused():
    with pytest.raises(ValueError, match="28 x 28, got 8"):
        enlarge(torch.zeros(1, 1, 28, 28), 8)
