"""Pictures from people: read whatever they send, and make of it what the network was trained on."""

import warnings
from pathlib import Path
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageFilter, ImageOps
from torch import Tensor

from dlcourse.data.framing import MNIST_FRAMING, Framing
from dlcourse.errors import DataError

# Not EPS: Pillow would start Ghostscript for it.
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")
MOST_PIXELS = (
    25_000_000  # more than a phone's usual 12 million; as numbers for the arithmetic they take 1 GB
)
WORKING_SIDE = (
    256  # pixels; enough for the finest strokes that 28 pixels can show, and it averages noise
)
NOISE_FLOOR = (
    0.25  # of the darkest ink; chosen on photographs with noise and a shadow, see the tests
)
LEAST_CONTRAST = 16  # of 255 levels, between ink and paper; less is an empty sheet
Mode = Literal["L", "RGB"]  # grey levels or colours, as Pillow names them


def open_image(path: Path | str, mode: Mode = "L", least_side: int = 0) -> Image.Image:
    """Read a picture from a file: upright, transparency as white paper, 16 bits scaled to 8.

    With least_side, a JPEG is decoded no finer than needed for twice as many pixels, which is much faster.
    Raises: DataError when the file is missing, no picture, cut off or of more than 25 million pixels.
    """
    mend = "save it as a PNG or JPEG file of at most 25 million pixels and give that"
    try:
        with open_header(path) as picture:
            if picture.width * picture.height <= MOST_PIXELS:
                if least_side:
                    picture.draft(None, (2 * least_side, 2 * least_side))
                return convert(ImageOps.exif_transpose(picture), mode)
            problem = f"{path} has {picture.width:,} x {picture.height:,} pixels"
    except FileNotFoundError as error:
        raise DataError(f"there is no file {path}", "give the path of a picture") from error
    except (
        Exception
    ) as error:  # Pillow has a dozen for damaged files, from SyntaxError to struct.error
        problem = f"{path} cannot be read as a picture ({type(error).__name__})"
    raise DataError(problem, mend)


def open_header(path: Path | str) -> Image.Image:
    """Return a picture that Pillow has not decoded yet; raises what Pillow does."""
    # Of odd metadata, and of sizes that our own limit refuses. In threads catch_warnings would not do.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    return Image.open(path, formats=FORMATS)


def convert(picture: Image.Image, mode: Mode) -> Image.Image:
    """Return a picture of any mode in grey or colour, 0 to 255; what is transparent becomes white.

    Raises: ValueError for pixels that are floating-point numbers: nothing says which of them is white.
    """
    if picture.mode == "F":
        raise ValueError(
            "pixels must be whole numbers, got a picture of floating-point numbers (mode F)"
        )
    if picture.mode.startswith("I"):  # 16 bits; convert("L") would clip all above 255 to white
        levels = np.asarray(picture).clip(0, 65535) / 257  # 257 * 255 = 65535
        return Image.fromarray(levels.round().astype(np.uint8)).convert(mode)
    if picture.has_transparency_data:
        coloured = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)
    return picture.convert("RGB").convert(mode)  # by way of RGB, as CMYK has no direct way to L


def read_photo(path: Path | str, channels: int, side: int) -> Tensor:
    """Read a picture from a file, cut to the square in its middle and scaled.

    Shapes: (channels, side, side), uint8 from 0 to 255; one channel is grey, three are colours.
    Raises: DataError as open_image does.
    """
    picture = ImageOps.fit(open_image(path, "L" if channels == 1 else "RGB", side), (side, side))
    return torch.from_numpy(np.array(picture)).view(side, side, channels).permute(2, 0, 1)


def prepare_drawing(image: Image.Image, size: int, framing: Framing = MNIST_FRAMING) -> Tensor:
    """Make a drawing into a picture like those of the data set: light on black, cropped, scaled and centred.

    Light and dark may be either way round, the paper may be grey or shaded.

    Shapes: (1, size, size), uint8 from 0 to 255.
    Raises: DataError when nothing is drawn.
    """
    ink = _find_ink(convert(image, "L"))
    if framing.removes_slant:
        ink = _remove_slant(ink)
    # The smallest rectangle that holds all ink.
    ink = ink[
        tuple(slice(places.min(), places.max() + 1) for places in np.nonzero(ink >= NOISE_FLOOR))
    ]
    if framing.least_ink:
        ink = _widen_strokes(ink, framing.least_ink)
    height, width = ink.shape
    row_factor, column_factor = framing.height * size / height, framing.width * size / width
    if framing.keeps_aspect:
        row_factor = column_factor = min(row_factor, column_factor)
    height, width = max(1, round(height * row_factor)), max(1, round(width * column_factor))
    ink = _resize(ink, height, width)
    if framing.centre == "mass":
        rows, columns = np.indices(ink.shape)
        top = round(size / 2 - np.average(rows, weights=ink))
        left = round(size / 2 - np.average(columns, weights=ink))
    else:
        top, left = (size - height) // 2, (size - width) // 2
    top, left = (
        min(max(top, 0), size - height),
        min(max(left, 0), size - width),
    )  # nothing is cut off
    field = np.zeros((1, size, size), dtype=np.uint8)
    field[0, top : top + height, left : left + width] = (255 * ink).round()
    return torch.from_numpy(field)


def fit_side(images: Tensor, side: int) -> Tensor:
    """Enlarge pictures as enlarge does, or shrink them smoothly.

    Shapes: (N, channels, height, width) -> (N, channels, side, side), uint8.
    """
    if max(images.shape[-2:]) > side:
        return F.interpolate(images, (side, side), mode="bilinear", antialias=True)
    return enlarge(images, side)


def enlarge(images: Tensor, size: int) -> Tensor:
    """Enlarge pictures by the largest whole factor that fits, then pad them with zeros: 8 -> 24 -> 28.

    Shapes: (N, channels, height, width) -> (N, channels, size, size), the type is kept.
    Raises: ValueError when the pictures are larger than size.
    """
    height, width = images.shape[-2:]
    factor = size // max(height, width)
    if factor < 1:
        raise ValueError(
            f"size must be at least that of the pictures, {height} x {width}, got {size}"
        )
    images = images.repeat_interleave(factor, dim=-2).repeat_interleave(factor, dim=-1)
    missing_rows, missing_columns = size - factor * height, size - factor * width
    top, left = missing_rows // 2, missing_columns // 2
    return F.pad(images, (left, missing_columns - left, top, missing_rows - top))


def _find_ink(grey: Image.Image) -> np.ndarray:
    """Return how far each pixel is from the paper, 0 to 1; the paper is a plane fitted to the border."""
    grey.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.BOX)
    pixels = np.asarray(grey, dtype=np.float32)
    rows, columns = np.indices(pixels.shape)
    is_edge = (rows % max(len(pixels) - 1, 1) == 0) | (columns % max(pixels.shape[1] - 1, 1) == 0)
    is_paper = is_edge & (
        np.abs(pixels - np.median(pixels[is_edge])) < 64
    )  # ink may touch the border
    plane = np.stack(
        [rows, columns, np.ones_like(rows)], axis=-1
    )  # paper = a * row + b * column + c
    paper = plane @ np.linalg.lstsq(plane[is_paper], pixels[is_paper], rcond=None)[0]
    darker, lighter = (paper - pixels).max(), (pixels - paper).max()
    if max(darker, lighter) < LEAST_CONTRAST:
        mend = "draw with a colour that stands out; transparent paper counts as white"
        raise DataError("the drawing is empty", mend)
    ink = (paper - pixels) / darker if darker >= lighter else (pixels - paper) / lighter
    return np.where(ink < NOISE_FLOOR, 0, ink).astype(np.float32)


def _remove_slant(ink: np.ndarray) -> np.ndarray:
    """Shift each row sideways so that columns and rows of the ink are no longer correlated."""
    rows, columns = np.nonzero(ink)
    weights = ink[rows, columns]
    rows_off = rows - np.average(rows, weights=weights)
    columns_per_row = (weights * rows_off * columns).sum() / max(
        (weights * rows_off**2).sum(), 1e-9
    )
    height, width = ink.shape
    margin = int(abs(columns_per_row) * height) + 1  # room for the outermost rows
    start = -margin - columns_per_row * np.average(rows, weights=weights)
    field = (width + 2 * margin, height)
    shear = (
        1,
        columns_per_row,
        start,
        0,
        1,
        0,
    )  # the column and row where each pixel's level comes from
    picture = Image.fromarray(ink).transform(
        field, Image.Transform.AFFINE, shear, Image.Resampling.BILINEAR
    )
    return np.asarray(picture)


def _widen_strokes(ink: np.ndarray, least_ink: float) -> np.ndarray:
    """Widen all strokes pixel by pixel until the ink is that share of the rectangle around it."""
    height, width = (max(1, round(64 * side / max(ink.shape))) for side in ink.shape)
    ink = _resize(ink, height, width)  # so that a pixel is a small step, but not a tiny one
    while ink.mean() < least_ink:
        ink = np.asarray(Image.fromarray(np.pad(ink, 1)).filter(ImageFilter.MaxFilter(3)))
    return ink


def _resize(ink: np.ndarray, height: int, width: int) -> np.ndarray:
    """Scale the ink, and strengthen it so that a thin pen, too, reaches 1."""
    ink = np.asarray(Image.fromarray(ink).resize((width, height), Image.Resampling.BILINEAR)).clip(
        0
    )
    return ink / ink.max()
