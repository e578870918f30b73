"""Convert images of users, in any format, into images like those of a data set."""

import contextlib
import warnings
from pathlib import Path
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageFile, ImageFilter, ImageOps, PngImagePlugin
from torch import Tensor

from dlcourse.data.framing import MNIST_FRAMING, Framing
from dlcourse.errors import DataError
from dlcourse.paths import expand_path

# Not EPS: Pillow would start Ghostscript for it.
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")
# More than the usual 12 million of a phone; the numbers of the computation take 1 GB then.
MOST_PIXELS = 25_000_000
# In bytes: Pillow refuses images with a comment of more than 1 MB, though they are whole.
PngImagePlugin.MAX_TEXT_CHUNK = 2**26
PngImagePlugin.MAX_TEXT_MEMORY = 2**28
# In pixels: the JPEG decoder reduces larger ones. Smaller ones keep the pixels of their copies.
COARSE_PIXELS = 1_000_000
# In pixels: enough for the finest strokes that 28 pixels can show, and it averages noise.
WORKING_SIDE = 256
# As a share of the darkest ink; chosen on photographs with noise and a shadow, see the tests.
NOISE_FLOOR = 0.25
# Of 255 levels, between ink and paper; a sheet with less contrast is empty.
LEAST_CONTRAST = 16
# In bits: how deep grays are in files of more than 8 bits.
DEPTHS = (8, 10, 12, 14, 16)
# Of the largest value in a deep image: what lies farther below 0 was not left there by rounding.
MOST_BELOW_ZERO = 0.05
# Pillow keeps the upper 8 of 16 bits of a color. Below this level, what is left is too little.
LEAST_BRIGHT_LEVEL = 16
# Gray levels or colors, by Pillow's names.
Mode = Literal["L", "RGB"]


def open_image(
    path: Path | str, mode: Mode = "L", least_side: int = 0, white: float | None = None
) -> Image.Image:
    """Read an image from a file: upright, transparency as white paper, deep grays scaled to 8 bits.

    With least_side, a large JPEG is decoded no finer than needed for twice as many pixels, which is
    much faster. white is the value of white in grays of more than 8 bits, as in `convert`.

    Raises: DataError when the file is missing, is not an image, is cut off, has pixels that are not
        numbers or below 0, colors that use 12 of 16 bits or fewer, or more than 25 million pixels.
    """
    path = expand_path(path)
    remedy = "save it as a PNG or JPEG file of at most 25 million pixels and use that file"
    try:
        with open_header(path) as image:
            if image.width * image.height <= MOST_PIXELS:
                if least_side > 0 and image.width * image.height > COARSE_PIXELS:
                    image.draft(None, (2 * least_side, 2 * least_side))
                has_deep_colors = image.mode in ("RGB", "RGBA") and ";16" in str(image.tile)
                image.load()
                upright: Image.Image = image
                with contextlib.suppress(SyntaxError):  # EXIF data that are damaged
                    upright = ImageOps.exif_transpose(image)
                if has_deep_colors:
                    _check_levels(upright)
                return convert(upright, mode, white)
            problem = f"{path} has {image.width:,} x {image.height:,} pixels"
    except FileNotFoundError as error:
        raise DataError(f"there is no file {path}", "give the path of an image") from error
    except IsADirectoryError as error:
        raise DataError(f"{path} is a folder", "give the path of an image in it") from error
    except FloatingPointError as error:
        scale = "scale its pixels to 0 to 255 and save it with 8 bits"
        raise DataError(f"{path} has {error}", scale) from error
    except Exception as error:
        # Pillow has a dozen errors for damaged files, from SyntaxError to struct.error.
        problem = f"{path} cannot be read as an image ({type(error).__name__})"
    raise DataError(problem, remedy)


def open_header(path: Path | str) -> ImageFile.ImageFile:
    """Return an image that Pillow has not decoded yet; raises what Pillow raises."""
    # Pillow warns of odd metadata, and of sizes that our own limit refuses. catch_warnings does
    # not work in threads.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    return Image.open(path, formats=FORMATS)


def convert(image: Image.Image, mode: Mode, white: float | None = None) -> Image.Image:
    """Return an image of any mode in gray or color, 0 to 255; what is transparent becomes white.

    white is the value of white in grays of more than 8 bits; without it that of `find_white`.

    Raises: FloatingPointError as find_white does.
    """
    if is_deep(image):
        own_white = find_white(image)
        levels = np.asarray(image, dtype=np.float64)
        shares = levels / (own_white if white is None else white)
        scaled = (255 * shares.clip(0, 1)).round().astype(np.uint8)
        return Image.fromarray(scaled).convert(mode)
    if image.has_transparency_data:
        ink = image.convert("RGBA")
        paper = Image.new("RGBA", ink.size, "white")
        image = Image.alpha_composite(paper, ink)
    # By way of RGB, because CMYK cannot be converted to L directly.
    return image.convert("RGB").convert(mode)


def is_deep(image: Image.Image) -> bool:
    """Tell whether an image is gray with more than 8 bits a pixel: whole numbers or floats."""
    return image.mode.startswith(("I", "F"))


def find_white(image: Image.Image) -> float:
    """Return the value of white in a deep gray image: the largest of the depth that it uses.

    Cameras and scanners save grays of 10, 12 or 14 bits in files of 16. Floats up to 1 have their
    white at 1. In an image that uses more than 16 bits, white is the largest value.

    Raises: FloatingPointError for pixels that are not numbers (NaN), or clearly below 0.
    """
    levels = np.asarray(image)
    smallest = float(levels.min())
    largest = float(levels.max())
    for value in (smallest, largest):
        if not np.isfinite(value):
            raise FloatingPointError(f"a pixel with the value {value}")
    if smallest < -MOST_BELOW_ZERO * abs(largest):
        raise FloatingPointError(f"a pixel with the value {smallest:g}, which is below 0")
    if image.mode.startswith("F") and largest <= 1:
        return 1.0
    depths = [bits for bits in DEPTHS if largest < 2**bits]
    return float(2 ** depths[0] - 1) if depths else largest


def _check_levels(image: Image.Image) -> None:
    """Refuse an image of 16-bit colors that has hardly any levels left in its upper 8 bits."""
    brightest = np.asarray(image.convert("RGB")).max()
    if 0 < brightest < LEAST_BRIGHT_LEVEL:
        raise FloatingPointError("16 bits for each color, and uses 12 of them or fewer")


def read_photo(path: Path | str, channels: int, side: int, white: float | None = None) -> Tensor:
    """Read an image from a file, cut to the square in its middle and scaled.

    white is the value of white in grays of more than 8 bits, as in `convert`.

    Shapes: (channels, side, side), uint8 from 0 to 255; one channel is gray, three are colors.
    Raises: DataError as open_image does.
    """
    mode: Mode = "L" if channels == 1 else "RGB"
    image = open_image(path, mode, least_side=side, white=white)
    square = ImageOps.fit(image, (side, side))
    pixels = torch.from_numpy(np.array(square))
    return pixels.view(side, side, channels).permute(2, 0, 1)


def prepare_drawing(image: Image.Image, size: int, framing: Framing = MNIST_FRAMING) -> Tensor:
    """Make a drawing like the data set's images: light on black, cropped, scaled and centered.

    The ink may be darker or lighter than the paper, and the paper may be gray or shaded.

    Shapes: (1, size, size), uint8 from 0 to 255.
    Raises: DataError when nothing is drawn.
    """
    ink = find_ink(convert(image, "L"))
    if framing.removes_slant:
        ink = _remove_slant(ink)
    ink = _crop(ink)
    if framing.least_ink > 0:
        ink = _widen_strokes(ink, framing.least_ink)
    ink = _scale(ink, size, framing)

    square = np.zeros((1, size, size), dtype=np.uint8)
    top, left = _find_corner(ink, size, framing)
    height, width = ink.shape
    bottom = top + height
    right = left + width
    square[0, top:bottom, left:right] = (255 * ink).round()
    return torch.from_numpy(square)


def fit_side(images: Tensor, side: int) -> Tensor:
    """Enlarge images as enlarge does, or shrink them smoothly.

    Shapes: (N, channels, height, width) -> (N, channels, side, side), uint8.
    """
    if max(images.shape[-2:]) > side:
        return F.interpolate(images, (side, side), mode="bilinear", antialias=True)
    return enlarge(images, side)


def enlarge(images: Tensor, size: int) -> Tensor:
    """Enlarge images by the largest whole factor that fits, then pad with zeros: 8 -> 24 -> 28.

    Shapes: (N, channels, height, width) -> (N, channels, size, size), the type is kept.
    Raises: ValueError when the images are larger than size.
    """
    height, width = images.shape[-2:]
    factor = size // max(height, width)
    if factor < 1:
        least = f"{height} x {width}"
        raise ValueError(f"size must be at least that of the images, {least}, got {size}")
    images = images.repeat_interleave(factor, dim=-2)
    images = images.repeat_interleave(factor, dim=-1)

    missing_rows = size - factor * height
    missing_columns = size - factor * width
    top = missing_rows // 2
    left = missing_columns // 2
    padding = (left, missing_columns - left, top, missing_rows - top)
    return F.pad(images, padding)


def find_ink(gray: Image.Image) -> np.ndarray:
    """Return how far each pixel of a gray image is from the paper, 0 to 1.

    Shapes: (height, width), of at most 256 pixels.
    Raises: DataError when nothing is drawn.
    """
    contrast = find_contrast(gray)
    return np.where(contrast < NOISE_FLOOR, 0, contrast)


def find_contrast(gray: Image.Image) -> np.ndarray:
    """Return how far each pixel is from the paper: 1 is ink, 0 paper.

    Below 0 is what differs from the paper the other way, such as lighter where the ink is darker.

    Shapes: (height, width), of at most 256 pixels.
    Raises: DataError when nothing is drawn.
    """
    pixels = np.asarray(shrink(gray), dtype=np.float32)
    paper = _fit_paper(pixels)
    contrast = paper - pixels
    if contrast.max() < -contrast.min():
        contrast = -contrast  # the ink is lighter than the paper
    most = contrast.max()
    if most < LEAST_CONTRAST:
        remedy = "draw with a color that stands out; transparent paper counts as white"
        raise DataError("the drawing is empty", remedy)
    return (contrast / most).astype(np.float32)


def shrink(image: Image.Image) -> Image.Image:
    """Return a copy of an image whose longer side has at most WORKING_SIDE pixels."""
    small = image.copy()
    small.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.BOX)
    return small


def _fit_paper(pixels: np.ndarray) -> np.ndarray:
    """Return the level of the paper at each pixel: a plane that is fitted to the border."""
    is_edge = np.zeros(pixels.shape, dtype=bool)
    is_edge[[0, -1], :] = True
    is_edge[:, [0, -1]] = True
    # Ink may touch the border, so levels far from the usual one are left out.
    usual_level = np.median(pixels[is_edge])
    is_paper = is_edge & (np.abs(pixels - usual_level) < 64)

    # paper = a * row + b * column + c
    rows, columns = np.indices(pixels.shape)
    terms = np.stack([rows, columns, np.ones_like(rows)], axis=-1)
    coefficients, *_ = np.linalg.lstsq(terms[is_paper], pixels[is_paper], rcond=None)
    return terms @ coefficients


def _remove_slant(ink: np.ndarray) -> np.ndarray:
    """Shift each row sideways so that columns and rows of the ink are no longer correlated."""
    rows, columns = np.nonzero(ink)
    weights = ink[rows, columns]
    middle_row = np.average(rows, weights=weights)
    rows_off = rows - middle_row
    covariance = (weights * rows_off * columns).sum()
    variance = (weights * rows_off**2).sum()
    columns_per_row = covariance / max(variance, 1e-9)

    height, width = ink.shape
    margin = int(abs(columns_per_row) * height) + 1  # room for the outermost rows
    start = -margin - columns_per_row * middle_row
    # The level of each pixel comes from this column and row of the original.
    source_column = (1, columns_per_row, start)
    source_row = (0, 1, 0)
    upright = Image.fromarray(ink).transform(
        (width + 2 * margin, height),
        Image.Transform.AFFINE,
        source_column + source_row,
        Image.Resampling.BILINEAR,
    )
    return np.asarray(upright)


def _crop(ink: np.ndarray) -> np.ndarray:
    """Return the smallest rectangle that holds all ink."""
    rows, columns = np.nonzero(ink >= NOISE_FLOOR)
    top = rows.min()
    bottom = rows.max() + 1
    left = columns.min()
    right = columns.max() + 1
    return ink[top:bottom, left:right]


def _widen_strokes(ink: np.ndarray, least_ink: float) -> np.ndarray:
    """Widen all strokes pixel by pixel until the ink is that share of the rectangle around it."""
    # At this size a pixel is a small step, but not a tiny one.
    height, width = ink.shape
    longer = max(height, width)
    new_height = _round_side(64 * height / longer)
    new_width = _round_side(64 * width / longer)
    ink = _resize(ink, new_height, new_width)
    widen = ImageFilter.MaxFilter(3)
    while ink.mean() < least_ink:
        padded = Image.fromarray(np.pad(ink, 1))
        ink = np.asarray(padded.filter(widen))
    return ink


def _scale(ink: np.ndarray, size: int, framing: Framing) -> np.ndarray:
    """Scale the ink to the height and width that it has in a square of that size."""
    height, width = ink.shape
    row_factor = framing.height * size / height
    column_factor = framing.width * size / width
    if framing.keeps_aspect:
        row_factor = min(row_factor, column_factor)
        column_factor = row_factor
    new_height = _round_side(height * row_factor)
    new_width = _round_side(width * column_factor)
    return _resize(ink, new_height, new_width)


def _round_side(side: float) -> int:
    return max(1, round(side))


def _resize(ink: np.ndarray, height: int, width: int) -> np.ndarray:
    """Scale the ink, and strengthen it so that a thin pen reaches 1 as well."""
    image = Image.fromarray(ink)
    resized = image.resize((width, height), Image.Resampling.BILINEAR)
    levels = np.asarray(resized).clip(0)
    return levels / levels.max()


def _find_corner(ink: np.ndarray, size: int, framing: Framing) -> tuple[int, int]:
    """Return the row and column of a square of that size where the ink begins."""
    height, width = ink.shape
    if framing.center == "mass":
        rows, columns = np.indices(ink.shape)
        top = round(size / 2 - np.average(rows, weights=ink))
        left = round(size / 2 - np.average(columns, weights=ink))
    else:
        top = (size - height) // 2
        left = (size - width) // 2
    # Nothing is cut off.
    top = min(max(top, 0), size - height)
    left = min(max(left, 0), size - width)
    return top, left
