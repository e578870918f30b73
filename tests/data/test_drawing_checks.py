import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw, ImageFilter

from dlcourse.data.digits import load_digits
from dlcourse.data.drawing_checks import cut_out_sheet, find_ground, find_oddities
from dlcourse.data.images import find_contrast, find_ink


def draw_seven(side=400, pen=20, ink=0, paper=255):
    image = Image.new("L", (side, side), paper)
    unit = side // 20
    corners = [(6 * unit, 5 * unit), (14 * unit, 5 * unit), (9 * unit, 15 * unit)]
    ImageDraw.Draw(image).line(corners, fill=ink, width=pen)
    return image


def photograph(drawing, angle=0, ground=60):
    """Return a drawing on a desk, turned by some degrees, with noise and a shadow."""
    width, height = 2 * drawing.width, 2 * drawing.height
    desk = Image.new("L", (width, height), ground)
    turned = drawing.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    shape = Image.new("L", drawing.size, 255).rotate(angle, expand=True)
    desk.paste(turned, ((width - turned.width) // 2, (height - turned.height) // 3), shape)
    levels = np.asarray(desk.filter(ImageFilter.GaussianBlur(2)), dtype=float)
    shadow = np.linspace(0.8, 1, width)
    noise = np.random.RandomState(0).normal(0, 5, levels.shape)
    return Image.fromarray((levels * shadow + noise).clip(0, 255).astype(np.uint8))


# The ground of training images


def make_images(papers, channels=1):
    images = [torch.full((channels, 12, 12), paper, dtype=torch.uint8) for paper in papers]
    for image in images:
        image[:, 4:8, 4:8] = 255 - image[:, 4:8, 4:8]
    return torch.stack(images)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(
    ("papers", "ground"),
    [
        ([0] * 10, "dark"),
        ([80] * 10, "dark"),
        ([255] * 10, "light"),
        ([180] * 10, "light"),
        ([0] * 9 + [255], "dark"),
        ([0] * 8 + [255] * 2, None),
        ([128] * 10, None),
    ],
)
def test_the_ground_is_that_of_nearly_all_borders(papers, channels, ground):
    assert find_ground(make_images(papers, channels)) == ground


@pytest.mark.parametrize("side", [8, 16, 28])
def test_each_digit_that_fills_its_image_has_its_ground(side):
    images = load_digits().train.images.float() * 255 / 16
    images = torch.nn.functional.interpolate(images, side, mode="bilinear").byte()
    grounds = {(find_ground(image[None]), find_ground(255 - image[None])) for image in images}
    assert grounds == {("dark", "light")}


def test_colors_and_uneven_borders_have_no_ground():
    images = make_images([0] * 10, channels=3)
    images[:, 0] = 200
    assert find_ground(images) is None
    noise = torch.randint(256, (10, 1, 12, 12), generator=torch.Generator().manual_seed(0))
    assert find_ground(noise.byte()) is None


# A photographed sheet


@pytest.mark.parametrize("angle", [-12, -3, 0, 5, 12])
@pytest.mark.parametrize(("paper", "ink", "ground"), [(235, 30, 60), (40, 220, 200)])
def test_a_sheet_is_cut_out_of_a_photograph(angle, paper, ink, ground):
    drawing = draw_seven(ink=ink, paper=paper)
    photo = photograph(drawing, angle, ground)
    sheet = cut_out_sheet(photo)
    assert sheet is not None
    assert 0.5 * drawing.width < sheet.width < drawing.width
    # Nothing of the desk is left, and nothing of the drawing is cut off.
    border = find_ink(sheet)[[0, -1], :]
    assert border.max() == 0
    assert find_all(sheet) == []


@pytest.mark.parametrize(
    "image",
    [
        draw_seven(),
        draw_seven(ink=255, paper=0),
        draw_seven(pen=90, ink=255, paper=0),
        draw_seven(side=40, pen=4),
        photograph(Image.new("L", (300, 300), 240)),  # nothing is on the sheet
        Image.new("L", (300, 300), 128),
    ],
    ids=["dark ink", "light ink", "broad pen", "small", "empty sheet", "gray"],
)
def test_an_image_that_is_all_paper_is_not_cut(image):
    assert cut_out_sheet(image) is None


@pytest.mark.parametrize("pen", [20, 35, 50, 60])
def test_a_ring_is_not_a_sheet(pen):
    image = Image.new("L", (300, 300), 0)
    ImageDraw.Draw(image).ellipse([60, 60, 240, 240], outline=255, width=pen)
    assert cut_out_sheet(image) is None


# Oddities


def find_all(image, fills_image=False):
    return find_oddities(find_contrast(image), max(image.size), fills_image)


def enlarge_digits(side=320):
    images = load_digits().test.images.double() / 16 * 255
    return [
        Image.fromarray(levels[0].byte().numpy()).resize((side, side), Image.Resampling.BICUBIC)
        for levels in images
    ]


def test_the_digits_are_drawings_that_fill_their_images():
    for image in enlarge_digits():
        assert cut_out_sheet(image) is None
        assert find_all(image, fills_image=True) == []


@pytest.mark.parametrize("fills_image", [False, True])
@pytest.mark.parametrize("pen", [4, 20, 60])
@pytest.mark.parametrize("side", [40, 100, 400, 1000])
def test_a_drawing_has_no_oddities(side, pen, fills_image):
    assert find_all(draw_seven(side, max(1, pen * side // 400)), fills_image) == []


def test_a_drawing_in_two_pieces_has_no_oddities():
    image = Image.new("L", (200, 200), 255)
    draw = ImageDraw.Draw(image)
    draw.line([(60, 40), (140, 40)], fill=0, width=10)  # the bar of a five
    draw.line([(60, 60), (60, 100), (140, 120), (120, 160), (60, 160)], fill=0, width=10)
    assert find_all(image) == []


@pytest.mark.parametrize(("desk", "fills_image"), [(30, False), (100, True)])
def test_ink_at_the_border_is_noted(desk, fills_image):
    image = draw_seven()
    ImageDraw.Draw(image).rectangle([0, 0, 399, desk], fill=50)  # the edge of a desk
    (note,) = find_all(image, fills_image)
    assert note.startswith("ink touches the border of the image: is this a photograph")


def test_ruled_paper_is_noted():
    image = draw_seven()
    for row in range(20, 400, 40):
        ImageDraw.Draw(image).line([(0, row), (399, row)], fill=120, width=2)
    assert find_all(image) == ["a line crosses the whole image: draw on paper without lines"]


def test_a_speck_is_noted():
    image = Image.new("L", (400, 400), 255)
    ImageDraw.Draw(image).rectangle([200, 200, 205, 205], fill=0)
    assert find_all(image) == ["the ink is only 2% of the image: is it a speck?"]


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("is_column", [False, True])
def test_several_drawings_are_noted(count, is_column):
    one = draw_seven(100, 6)
    size = (100, 100 * count) if is_column else (100 * count, 100)
    image = Image.new("L", size, 255)
    for number in range(count):
        image.paste(one, (0, 100 * number) if is_column else (100 * number, 0))
    expected = f"the ink has {count} parts side by side: give each drawing as an image of its own"
    assert find_all(image) == [expected]


def test_a_photograph_of_many_tones_is_noted():
    noise = np.random.RandomState(0).randint(0, 256, (20, 20), dtype=np.uint8)
    photo = Image.fromarray(noise).resize((400, 400), Image.Resampling.BICUBIC)
    for fills_image in (False, True):
        note = find_all(photo, fills_image)[0]
        assert note.startswith("the image is both darker and lighter than its border: is this a")
