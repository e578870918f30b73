import dataclasses

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from dlcourse.data.framing import DIGITS_FRAMING, Framing
from dlcourse.data.images import enlarge, prepare_drawing
from dlcourse.errors import DataError

UPRIGHT = Framing(height=1, width=1, removes_slant=True)


def seven(ink=0, paper=255, size=(200, 160), offset=(0, 0), pen=9) -> Image.Image:
    image = Image.new("L", size, paper)
    right, down = offset
    points = [(60, 40), (110, 40), (75, 120)]
    moved_points = [(x + right, y + down) for x, y in points]
    ImageDraw.Draw(image).line(moved_points, fill=ink, width=pen)
    return image


def ink_box(drawing: torch.Tensor) -> tuple[int, int, int, int]:
    """Return top, left, height and width of what is not black."""
    rows = drawing[0].any(dim=1).nonzero()
    columns = drawing[0].any(dim=0).nonzero()
    top = int(rows.min())
    left = int(columns.min())
    height = int(rows.max()) - top + 1
    width = int(columns.max()) - left + 1
    return top, left, height, width


def center_of_mass(drawing: torch.Tensor) -> tuple[float, float]:
    levels = drawing[0].double()
    index = torch.arange(len(levels), dtype=torch.float64)
    row = levels.sum(dim=1) @ index / levels.sum()
    column = levels.sum(dim=0) @ index / levels.sum()
    return float(row), float(column)


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
    _, _, height, width = ink_box(drawing)
    assert max(height, width) == 20
    row, column = center_of_mass(drawing)
    assert abs(row - 14) <= 0.51  # moved by whole pixels, and levels are rounded
    assert abs(column - 14) <= 0.51


def test_light_on_dark_is_dark_on_light():
    light_on_dark = prepare_drawing(seven(ink=255, paper=0), 28)
    dark_on_light = prepare_drawing(seven(ink=0, paper=255), 28)
    assert torch.equal(light_on_dark, dark_on_light)


@pytest.mark.parametrize(("ink", "paper"), [(40, 200), (0, 120), (230, 90), (200, 255)])
def test_gray_ink_and_paper_do_not_matter(ink, paper):
    gray = prepare_drawing(seven(ink, paper), 28).int()
    black = prepare_drawing(seven(), 28).int()
    assert (gray - black).abs().max() <= 1  # rounding


@pytest.mark.parametrize("offset", [(-55, -35), (80, 30), (0, 30)])
def test_position_does_not_matter(offset):
    moved = prepare_drawing(seven(offset=offset), 28)
    assert torch.equal(moved, prepare_drawing(seven(), 28))


@pytest.mark.parametrize("factor", [2, 3, 10])
def test_resolution_hardly_matters(factor):
    small = seven()
    size = (small.width * factor, small.height * factor)
    large = small.resize(size, Image.Resampling.NEAREST)
    drawing = prepare_drawing(small, 28).float()
    moved = drawing.roll(1, dims=2)
    difference = (prepare_drawing(large, 28) - drawing).abs().mean()
    difference_of_a_pixel = (moved - drawing).abs().mean()
    assert difference < difference_of_a_pixel / 2


def test_shaded_paper_is_taken_away():
    # A shadow takes up to 40% of the light: the paper on the right is 102 levels darker than on the
    # left.
    light = np.linspace(1, 0.6, 200)[None]
    levels = light * np.asarray(seven(ink=100), dtype=float)
    drawing = prepare_drawing(Image.fromarray(levels.astype(np.uint8)), 28)
    expected = prepare_drawing(seven(ink=100), 28)
    assert ink_box(drawing)[2:] == ink_box(expected)[2:]
    strength = drawing.float().mean().item()
    expected_strength = expected.float().mean().item()
    assert strength == pytest.approx(expected_strength, rel=0.15)  # the ink on the right is paler


def test_faint_specks_do_not_spoil_the_crop():
    speckled = seven()
    speckled.putpixel((195, 155), 210)  # a fifth of the ink's strength
    assert torch.equal(prepare_drawing(speckled, 28), prepare_drawing(seven(), 28))


def test_thin_pen_reaches_full_strength():
    thin = seven(pen=1, size=(1000, 1000))
    assert int(prepare_drawing(thin, 28).max()) == 255


@pytest.mark.parametrize("paper", [0, 128, 255])
def test_empty_sheet_is_refused(paper):
    for size in ((50, 70), (1, 1)):
        sheet = Image.new("L", size, paper)
        with pytest.raises(DataError, match="the drawing is empty: "):
            prepare_drawing(sheet, 28)


def test_shaded_empty_sheet_is_refused():
    ramp = np.linspace(60, 190, 64).astype(np.uint8)[None].repeat(32, axis=0)
    with pytest.raises(DataError, match="the drawing is empty: "):
        prepare_drawing(Image.fromarray(ramp), 28)


def test_colored_drawing_needs_no_conversion():
    colored = seven().convert("RGBA")
    assert torch.equal(prepare_drawing(colored, 28), prepare_drawing(seven(), 28))


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
    _, _, _, width = ink_box(prepare_drawing(slanted, 40, UPRIGHT))
    _, _, _, width_of_upright = ink_box(prepare_drawing(upright, 40, UPRIGHT))
    assert width <= width_of_upright + 2  # with its slant it would be 20 wide
    _, _, _, width_with_slant = ink_box(prepare_drawing(slanted, 28))
    assert width_with_slant >= 10


@pytest.mark.parametrize("pen", [1, 4, 9])
def test_thin_strokes_are_widened_to_the_least_ink(pen):
    def share_of_ink(framing):
        drawing = prepare_drawing(seven(pen=pen), 64, framing)
        rectangle = drawing[0, :, 8:56]
        return rectangle.float().mean().item() / 255

    # A step widens a stroke by a 64th of the height on each side. For strokes of this length the
    # share grows by about 0.05.
    assert 0.33 < share_of_ink(DIGITS_FRAMING) < 0.42
    thin = dataclasses.replace(DIGITS_FRAMING, least_ink=0)
    assert share_of_ink(thin) < 0.3


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
    large = enlarge(torch.ones(1, 1, 3, 5), 11)
    assert large.shape == (1, 1, 11, 11)
    assert large.sum() == 2 * 2 * 15


def test_larger_images_are_refused():
    with pytest.raises(ValueError, match="28 x 28, got 8"):
        enlarge(torch.zeros(1, 1, 28, 28), 8)
