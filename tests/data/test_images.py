import struct
import zlib

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from dlcourse.data.batches import Framing
from dlcourse.data.digits import DIGITS_FRAMING
from dlcourse.data.images import enlarge, open_image, prepare_drawing, to_grey
from dlcourse.errors import DataError

# A ramp from black to white, 64 columns; every mode below must come out as these grey levels.
RAMP = np.linspace(0, 255, 64).round().astype(np.uint8)[None].repeat(32, axis=0)
UPRIGHT = Framing(height=1, width=1, keeps_aspect=True, removes_slant=True, centre="box")


def refusal(path) -> str:
    with pytest.raises(DataError) as caught:
        open_image(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Reading files


def as_rgba_on_any_colour() -> Image.Image:
    # black ink whose opacity is the ramp's darkness: on white paper that is the ramp
    alpha = Image.fromarray(255 - RAMP)
    return Image.merge("RGBA", [Image.new("L", (64, 32), 0)] * 3 + [alpha])


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("grey.png", Image.fromarray(RAMP)),
        ("colour.png", Image.fromarray(RAMP).convert("RGB")),
        ("palette.png", Image.fromarray(RAMP).convert("P")),
        ("palette.gif", Image.fromarray(RAMP).convert("P")),
        ("grey.bmp", Image.fromarray(RAMP)),
        ("grey.tiff", Image.fromarray(RAMP)),
        ("cmyk.tiff", Image.fromarray(RAMP).convert("RGB").convert("CMYK")),
        ("16 bits.png", Image.fromarray(RAMP.astype(np.uint16) * 257)),
        ("16 bits.tiff", Image.fromarray(RAMP.astype(np.uint16) * 257)),
        ("16 bits.pgm", Image.fromarray(RAMP.astype(np.uint16) * 257)),
        ("32 bits.tiff", Image.fromarray(RAMP.astype(np.int32) * 257)),
        ("transparent.png", as_rgba_on_any_colour()),
        ("transparent.webp", as_rgba_on_any_colour()),
        ("transparent.tiff", as_rgba_on_any_colour()),
        ("grey and alpha.png", as_rgba_on_any_colour().convert("LA")),
    ],
)
def test_every_mode_comes_out_as_its_grey_levels(tmp_path, name, picture):
    picture.save(tmp_path / name, **({"lossless": True, "exact": True} if name.endswith("webp") else {}))
    grey = open_image(tmp_path / name)
    assert grey.mode == "L"
    # one level for rounding: the conversions weigh the colours, or multiply by an alpha of 8 bits
    assert np.abs(np.asarray(grey, dtype=int) - RAMP).max() <= 1


def test_jpeg_and_one_bit(tmp_path):
    Image.fromarray(RAMP).save(tmp_path / "a.jpg", quality=95)
    assert np.abs(np.asarray(open_image(tmp_path / "a.jpg"), dtype=int) - RAMP).mean() < 1
    Image.fromarray(RAMP > 127).save(tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.mode == "1"
    assert np.array_equal(np.asarray(open_image(tmp_path / "a.png")), np.where(RAMP > 127, 255, 0))


def test_palette_with_a_transparent_colour_becomes_white(tmp_path):
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([255, 0, 0, 0, 0, 0])
    picture.putpixel((1, 1), 1)
    picture.save(tmp_path / "a.gif", transparency=0)  # red, but transparent
    assert np.asarray(open_image(tmp_path / "a.gif")).tolist() == [
        [255 if (row, column) != (1, 1) else 0 for column in range(4)] for row in range(4)
    ]


@pytest.mark.parametrize(
    ("orientation", "turned"),
    [(3, np.rot90(RAMP, 2)), (6, np.rot90(RAMP, -1)), (8, np.rot90(RAMP)), (2, np.fliplr(RAMP))],
)
def test_camera_orientation_is_undone(tmp_path, orientation, turned):
    exif = Image.Exif()
    exif[0x0112] = (
        orientation  # 6: "the 0th row is the right-hand side", so turn it clockwise to see it upright
    )
    Image.fromarray(RAMP).save(tmp_path / "a.png", exif=exif)
    assert np.array_equal(np.asarray(open_image(tmp_path / "a.png")), turned)


def test_floating_point_pixels_are_refused(tmp_path):
    Image.fromarray(RAMP.astype(np.float32)).save(tmp_path / "a.tiff")
    assert "cannot be read" in refusal(tmp_path / "a.tiff")
    with pytest.raises(ValueError, match="mode F"):
        to_grey(Image.fromarray(RAMP.astype(np.float32)))


def is_read(path) -> bool:
    """Return whether the file is read as a picture of the right size; fail for anything but a refusal."""
    try:
        return open_image(path).size == (64, 32)
    except DataError as error:
        return "cannot be read as a picture" not in str(error)


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "bmp", "webp", "tiff", "ppm"])
def test_cut_anywhere_is_refused(tmp_path, suffix):
    noise = np.random.default_rng(0).integers(0, 256, (32, 64), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / f"whole.{suffix}")
    content = (tmp_path / f"whole.{suffix}").read_bytes()
    path = tmp_path / f"cut.{suffix}"
    for size in range(0, len(content) * 9 // 10, 37):  # the last bytes may be padding or an end mark
        path.write_bytes(content[:size])
        assert not is_read(path)
    path.write_bytes(content)
    assert is_read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<html></html>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"\x89PNG\r\n",
    ],
)
def test_what_is_no_picture_is_refused(tmp_path, content):
    (tmp_path / "a.png").write_bytes(content)
    assert "cannot be read as a picture" in refusal(tmp_path / "a.png")


def test_missing_file_and_folder_are_refused(tmp_path):
    assert "there is no file" in refusal(tmp_path / "missing.png")
    assert "cannot be read" in refusal(tmp_path)


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that promises so many pixels and ends before the first."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"")
    chunks = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (header, data)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(("width", "height"), [(5_001, 5_000), (9_600, 10_000), (20_000, 20_000)])
def test_too_many_pixels_are_refused_from_the_header(tmp_path, width, height):
    # 25 million is our limit, Pillow warns from 89 and refuses from 179 million
    (tmp_path / "bomb.png").write_bytes(png_header(width, height))
    assert "at most 25 million pixels" in refusal(tmp_path / "bomb.png")
    if width < 20_000:
        assert f"has {width:,} x {height:,} pixels" in refusal(tmp_path / "bomb.png")


# Preparing a drawing


def seven(ink=0, paper=255, size=(200, 160), offset=(0, 0), pen=9) -> Image.Image:
    picture = Image.new("L", size, paper)
    points = [
        (60 + offset[0], 40 + offset[1]),
        (110 + offset[0], 40 + offset[1]),
        (75 + offset[0], 120 + offset[1]),
    ]
    ImageDraw.Draw(picture).line(points, fill=ink, width=pen)
    return picture


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


def centre_of_mass(drawing: torch.Tensor) -> tuple[float, float]:
    levels = drawing[0].double()
    index = torch.arange(len(levels), dtype=torch.float64)
    return float(levels.sum(dim=1) @ index / levels.sum()), float(levels.sum(dim=0) @ index / levels.sum())


@pytest.mark.parametrize(
    "points", [[(20, 10), (180, 30)], [(90, 5), (95, 150)], [(30, 30), (150, 30), (60, 140)]]
)
def test_ink_has_a_longer_side_of_20_and_its_mass_in_the_middle_as_in_mnist(points):
    picture = Image.new("L", (200, 160), 255)
    ImageDraw.Draw(picture).line(points, fill=0, width=10)
    drawing = prepare_drawing(picture, 28)
    assert drawing.shape == (1, 28, 28)
    assert drawing.dtype == torch.uint8
    assert int(drawing.max()) == 255
    assert max(ink_box(drawing)[2:]) == 20
    row, column = centre_of_mass(drawing)
    assert abs(row - 14) <= 0.51  # moved by whole pixels, and levels are rounded
    assert abs(column - 14) <= 0.51


def test_light_on_dark_is_dark_on_light():
    assert torch.equal(prepare_drawing(seven(255, 0), 28), prepare_drawing(seven(0, 255), 28))


@pytest.mark.parametrize(("ink", "paper"), [(40, 200), (0, 120), (230, 90), (200, 255)])
def test_grey_ink_and_paper_do_not_matter(ink, paper):
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
    assert difference < (drawing.roll(1, dims=2) - drawing).abs().mean() / 2  # less than half a pixel's move


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
    for picture in (Image.new("L", (50, 70), paper), Image.new("L", (1, 1), paper)):
        with pytest.raises(DataError, match="the drawing is empty: "):
            prepare_drawing(picture, 28)


def test_shaded_empty_sheet_is_refused():
    with pytest.raises(DataError, match="the drawing is empty: "):
        prepare_drawing(Image.fromarray(RAMP[:, 16:48]), 28)


def test_coloured_drawing_needs_no_conversion():
    assert torch.equal(prepare_drawing(seven().convert("RGBA"), 28), prepare_drawing(seven(), 28))


def test_preparing_leaves_the_picture_alone():
    picture = seven(size=(1000, 1000))
    before = picture.copy()
    prepare_drawing(picture, 28)
    assert picture.size == before.size
    assert picture.tobytes() == before.tobytes()


def test_slant_is_removed():
    slanted = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(slanted).line([(140, 20), (60, 180)], fill=0, width=12)
    upright = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(upright).line([(100, 20), (100, 180)], fill=0, width=12)
    width_slanted = ink_box(prepare_drawing(slanted, 40, UPRIGHT))[3]
    assert width_slanted <= ink_box(prepare_drawing(upright, 40, UPRIGHT))[3] + 2  # slant makes it 20 wide
    assert ink_box(prepare_drawing(slanted, 28))[3] >= 10


def test_digits_fill_eight_rows_and_six_columns():
    drawing = prepare_drawing(seven(), 8, DIGITS_FRAMING)
    assert drawing.shape == (1, 8, 8)
    assert ink_box(drawing) == (0, 1, 8, 6)


# Enlarging


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


def test_larger_pictures_are_refused():
    with pytest.raises(ValueError, match="28 x 28, got 8"):
        enlarge(torch.zeros(1, 1, 28, 28), 8)
