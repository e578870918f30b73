"""Images as people send them: every mode, turned, damaged, hostile."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from dlcourse.data.images import find_white, open_image, read_photo
from dlcourse.errors import DataError

# A ramp from black to white, 64 columns; every mode below must come out as these gray levels.
RAMP = np.linspace(0, 255, 64).round().astype(np.uint8)[None].repeat(32, axis=0)


def refusal(path) -> str:
    with pytest.raises(DataError) as caught:
        open_image(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def as_black_ink() -> Image.Image:
    """Return black ink whose opacity is the ramp's darkness: on white paper that is the ramp."""
    black = Image.new("L", (64, 32), 0)
    opacity = Image.fromarray(255 - RAMP)
    return Image.merge("RGBA", [black, black, black, opacity])


@pytest.mark.parametrize(
    ("name", "image"),
    [
        ("gray.png", Image.fromarray(RAMP)),
        ("color.png", Image.fromarray(RAMP).convert("RGB")),
        ("palette.png", Image.fromarray(RAMP).convert("P")),
        ("palette.gif", Image.fromarray(RAMP).convert("P")),
        ("gray.bmp", Image.fromarray(RAMP)),
        ("gray.tiff", Image.fromarray(RAMP)),
        ("cmyk.tiff", Image.fromarray(RAMP).convert("RGB").convert("CMYK")),
        ("16 bits.png", Image.fromarray(RAMP.astype(np.uint16) * 257)),
        ("16 bits.tiff", Image.fromarray(RAMP.astype(np.uint16) * 257)),
        ("16 bits.pgm", Image.fromarray(RAMP.astype(np.uint16) * 257)),
        ("32 bits.tiff", Image.fromarray(RAMP.astype(np.int32) * 257)),
        ("transparent.png", as_black_ink()),
        ("transparent.webp", as_black_ink()),
        ("transparent.tiff", as_black_ink()),
        ("gray and alpha.png", as_black_ink().convert("LA")),
    ],
)
def test_every_mode_comes_out_as_its_gray_levels(tmp_path, name, image):
    options = {}
    if name.endswith("webp"):
        options = {"lossless": True, "exact": True}
    image.save(tmp_path / name, **options)
    gray = open_image(tmp_path / name)
    assert gray.mode == "L"
    # One level for rounding: the conversions weigh the colors, or multiply by an alpha of 8 bits.
    assert np.abs(np.asarray(gray, dtype=int) - RAMP).max() <= 1


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "RGBA", "P"])
def test_colors_stay(tmp_path, mode):
    image = Image.new("RGB", (40, 20), (255, 0, 51))
    image.convert(mode).save(tmp_path / "a.tiff")
    assert open_image(tmp_path / "a.tiff", "RGB").getpixel((9, 9)) == (255, 0, 51)
    assert open_image(tmp_path / "a.tiff").getpixel((9, 9)) == 82  # 0.299 * 255 + 0.114 * 51


def test_photo_is_the_square_in_the_middle(tmp_path):
    # Thirds of red, green and blue: the middle square of 30 x 10 pixels is the green third.
    pixels = np.zeros((10, 30, 3), np.uint8)
    pixels[:, :10, 0] = 255
    pixels[:, 10:20, 1] = 255
    pixels[:, 20:, 2] = 255
    Image.fromarray(pixels).save(tmp_path / "a.png")
    photo = read_photo(tmp_path / "a.png", 3, 10)
    assert photo.shape == (3, 10, 10)
    assert photo.flatten(1).float().mean(dim=1).tolist() == [0, 255, 0]
    assert read_photo(tmp_path / "a.png", 1, 10).unique().tolist() == [150]  # 0.587 * 255


def test_large_jpeg_is_decoded_coarsely_with_the_same_look(tmp_path):
    large = Image.fromarray(RAMP).resize((1600, 1600), Image.Resampling.BICUBIC)
    large.save(tmp_path / "a.jpg", quality=95)
    decoded = open_image(tmp_path / "a.jpg", least_side=64)
    assert decoded.size == (200, 200)  # an eighth, not below 2 * 64
    large.save(tmp_path / "a.png")
    coarse = read_photo(tmp_path / "a.jpg", 1, 64).int()
    fine = read_photo(tmp_path / "a.png", 1, 64).int()
    assert (coarse - fine).abs().max() <= 3  # JPEG at this quality keeps a ramp to about a level


def test_jpeg_and_one_bit(tmp_path):
    Image.fromarray(RAMP).save(tmp_path / "a.jpg", quality=95)
    levels = np.asarray(open_image(tmp_path / "a.jpg"), dtype=int)
    assert np.abs(levels - RAMP).mean() < 1

    is_white = RAMP > 127
    Image.fromarray(is_white).save(tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        assert image.mode == "1"
    levels = np.asarray(open_image(tmp_path / "a.png"))
    assert np.array_equal(levels, np.where(is_white, 255, 0))


def test_palette_with_a_transparent_color_becomes_white(tmp_path):
    image = Image.new("P", (4, 4), 0)
    image.putpalette([255, 0, 0, 0, 0, 0])
    image.putpixel((1, 1), 1)
    image.save(tmp_path / "a.gif", transparency=0)  # red, but transparent
    expected = np.full((4, 4), 255)
    expected[1, 1] = 0
    assert np.array_equal(np.asarray(open_image(tmp_path / "a.gif")), expected)


@pytest.mark.parametrize(
    ("orientation", "turned"),
    [(3, np.rot90(RAMP, 2)), (6, np.rot90(RAMP, -1)), (8, np.rot90(RAMP)), (2, np.fliplr(RAMP))],
)
def test_camera_orientation_is_undone(tmp_path, orientation, turned):
    # 6 means "the 0th row is the right-hand side", so turn it clockwise to see it upright.
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(RAMP).save(tmp_path / "a.png", exif=exif)
    assert np.array_equal(np.asarray(open_image(tmp_path / "a.png")), turned)


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_deep_grays_are_scaled_by_the_depth_that_they_use(tmp_path, bits):
    white = 2**bits - 1
    levels = np.linspace(0, white, RAMP.size).reshape(RAMP.shape)
    Image.fromarray(levels.astype(np.uint16)).save(tmp_path / "a.png")
    assert find_white(Image.open(tmp_path / "a.png")) == white
    gray = np.asarray(open_image(tmp_path / "a.png"), dtype=float)
    assert np.abs(gray - 255 * levels / white).max() <= 1  # one level for rounding
    assert len(np.unique(gray)) == 256


def test_a_dark_image_stays_dark_where_white_is_given(tmp_path):
    Image.fromarray(np.full((4, 4), 1000, dtype=np.uint16)).save(tmp_path / "a.png")
    assert np.asarray(open_image(tmp_path / "a.png")).max() == 249  # 255 * 1000 / 1023
    assert np.asarray(open_image(tmp_path / "a.png", white=65535)).max() == 4


@pytest.mark.parametrize("white", [1.0, 255.0, 4095.0])
def test_floats_are_read_up_to_1_or_to_a_depth(tmp_path, white):
    Image.fromarray((RAMP / 255 * white).astype(np.float32)).save(tmp_path / "a.tiff")
    assert np.array_equal(np.asarray(open_image(tmp_path / "a.tiff")), RAMP)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_pixels_that_are_not_numbers_are_refused(tmp_path, value):
    levels = RAMP.astype(np.float32)
    levels[3, 5] = value
    Image.fromarray(levels).save(tmp_path / "a.tiff")
    assert f"a.tiff has a pixel with the value {value}" in refusal(tmp_path / "a.tiff")


@pytest.mark.parametrize("dtype", [np.int32, np.float32])
def test_pixels_below_0_are_refused_but_for_rounding(tmp_path, dtype):
    levels = RAMP.astype(dtype)
    levels[3, 5] = -2
    Image.fromarray(levels).save(tmp_path / "a.tiff")
    assert np.asarray(open_image(tmp_path / "a.tiff"))[3, 5] == 0
    levels[3, 5] = -20
    Image.fromarray(levels).save(tmp_path / "a.tiff")
    said = refusal(tmp_path / "a.tiff")
    assert (
        "a.tiff has a pixel with the value -20, which is below 0: scale its pixels to 0 to" in said
    )


@pytest.mark.parametrize(("dtype", "white"), [(np.int32, 2**31 - 1), (np.float32, 1e6)])
def test_beyond_16_bits_the_largest_value_is_white(tmp_path, dtype, white):
    Image.fromarray((RAMP / 255.0 * white).astype(dtype)).save(tmp_path / "a.tiff")
    assert np.array_equal(np.asarray(open_image(tmp_path / "a.tiff")), RAMP)


def save_16_bits(path, levels, color_type):
    """Save levels (height, width, channels) as a PNG file of 16 bits, which Pillow cannot write."""
    height, width, _ = levels.shape
    rows = [b"\0" + row.astype(">u2").tobytes() for row in levels]
    header = struct.pack(">IIBBBBB", width, height, 16, color_type, 0, 0, 0)
    content = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")]
    file = b"\x89PNG\r\n\x1a\n"
    for name, data in content:
        checksum = struct.pack(">I", zlib.crc32(name + data))
        file += struct.pack(">I", len(data)) + name + data + checksum
    path.write_bytes(file)


@pytest.mark.parametrize("kind", ["gray and alpha", "colors", "colors and alpha"])
@pytest.mark.parametrize("bits", [10, 12, 16])
def test_colors_of_16_bits_are_read_or_refused_with_the_depth_they_use(tmp_path, kind, bits):
    gray = (RAMP / 255 * (2**bits - 1)).astype(np.uint16)
    opaque = np.full_like(gray, 65535)
    channels = {
        "gray and alpha": (4, [gray, opaque]),
        "colors": (2, [gray, gray, gray]),
        "colors and alpha": (6, [gray, gray, gray, opaque]),
    }
    color_type, levels = channels[kind]
    save_16_bits(tmp_path / "a.png", np.stack(levels, axis=-1), color_type)
    if bits == 16:
        read = np.asarray(open_image(tmp_path / "a.png"), dtype=int)
        assert np.abs(read - RAMP).max() <= 1
    else:
        said = refusal(tmp_path / "a.png")
        assert "a.png has 16 bits for each color, and uses 12 of them or fewer: scale its" in said


def test_a_black_image_of_16_bit_colors_is_black(tmp_path):
    save_16_bits(tmp_path / "a.png", np.zeros((4, 4, 3), np.uint16), 2)
    assert np.asarray(open_image(tmp_path / "a.png")).max() == 0


@pytest.mark.parametrize("dtype", [np.uint16, np.int32, np.float32])
def test_a_black_image_is_black(tmp_path, dtype):
    Image.fromarray(np.zeros((4, 4), dtype)).save(tmp_path / "a.tiff")
    assert np.asarray(open_image(tmp_path / "a.tiff")).max() == 0


def is_read(path) -> bool:
    """Return whether the file is read as an image of its size; let no other error pass."""
    try:
        return open_image(path).size == (64, 32)
    except DataError as error:
        return "cannot be read as an image" not in str(error)


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "bmp", "webp", "tiff", "ppm"])
def test_cut_anywhere_is_refused(tmp_path, suffix):
    noise = np.random.default_rng(0).integers(0, 256, (32, 64), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / f"whole.{suffix}")
    content = (tmp_path / f"whole.{suffix}").read_bytes()
    path = tmp_path / f"cut.{suffix}"
    # The last bytes may be padding or an end mark.
    for size in range(0, len(content) * 9 // 10, 37):
        path.write_bytes(content[:size])
        assert not is_read(path)
    path.write_bytes(content)
    assert is_read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not an image",
        b"<html></html>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"\x89PNG\r\n",
    ],
)
def test_what_is_not_an_image_is_refused(tmp_path, content):
    (tmp_path / "a.png").write_bytes(content)
    assert "cannot be read as an image" in refusal(tmp_path / "a.png")


def test_missing_file_and_folder_are_refused(tmp_path):
    assert "there is no file" in refusal(tmp_path / "missing.png")
    assert "is a folder: give the path of an image in it" in refusal(tmp_path)


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that promises so many pixels and ends before the first."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(b""))


def png_chunk(name: bytes, content: bytes) -> bytes:
    size = struct.pack(">I", len(content))
    checksum = struct.pack(">I", zlib.crc32(name + content))
    return size + name + content + checksum


@pytest.mark.parametrize(("width", "height"), [(5_001, 5_000), (9_600, 10_000), (20_000, 20_000)])
def test_too_many_pixels_are_refused_from_the_header(tmp_path, width, height):
    # Our limit is 25 million pixels. Pillow warns from 89 and refuses from 179 million.
    (tmp_path / "bomb.png").write_bytes(png_header(width, height))
    message = refusal(tmp_path / "bomb.png")
    assert "at most 25 million pixels" in message
    if width < 20_000:
        assert f"has {width:,} x {height:,} pixels" in message
