"""Find problems of an image that a user gives to a network, and describe them in words."""

from typing import Literal

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import Tensor

from dlcourse.data.images import NOISE_FLOOR, shrink

# A border is plain when this share of its pixels is within so many levels of its median. Digits
# that fill their images cover up to a third of it.
PLAIN_SHARE = 0.6
PLAIN_LEVELS = 48
DARKEST_THIRD = 85  # of 255 levels
LIGHTEST_THIRD = 170
# Training images have a ground when this share of them has it.
COMMON_SHARE = 0.9
MOST_COLOR = 8  # of 255 levels, between the channels of a pixel, on the average
LEAST_SHEET = 0.4  # of the sides of the image
EDGE = 5  # pixels of images.WORKING_SIDE; a sheet's edge is blurred, and seldom quite upright
LEAST_SHARE_IN_BOX = 0.6  # of what is as light as the sheet; a ring has less, a turned sheet more
MOST_INK_ON_SHEET = 0.25  # of its pixels
LEAST_INK_CONTRAST = 48  # of 255 levels, on a sheet
MOST_INK_AT_BORDER = 0.15  # of the border's pixels
MOST_INK = 0.5  # of all pixels
# The same for drawings of a data set in which ink reaches the border.
MOST_INK_AT_FILLED_BORDER = 0.35
MOST_INK_IN_FILLED_IMAGE = 0.6
MOST_OF_BOTH_TONES = 0.02  # of all pixels; strokes are all darker than the paper, or all lighter
LINE = 0.9  # of a row's pixels
LEAST_SIDE_OF_A_PHOTOGRAPH = 64  # pixels; a smaller image can be a drawing that fills it
LEAST_INK_SIDE = 8  # of images.WORKING_SIDE pixels
LEAST_PART = 0.4  # of the largest part's height and width, to be a drawing of its own

Ground = Literal["dark", "light"]


def find_ground(images: Tensor) -> Ground | None:
    """Tell whether gray images have a dark or a light background, by their borders.

    None stands for colors, for borders that are not plain, and for both kinds mixed.

    Shapes: (N, channels, height, width), from 0 to 255.
    """
    levels = images.float()
    color = levels.amax(dim=1) - levels.amin(dim=1)
    if color.mean() > MOST_COLOR:
        return None
    gray = levels.mean(dim=1)  # (N, height, width)
    sides = [gray[:, 0], gray[:, -1], gray[:, :, 0], gray[:, :, -1]]
    border = torch.cat(sides, dim=1)
    median = border.median(dim=1).values
    is_near = (border - median[:, None]).abs() <= PLAIN_LEVELS
    is_plain = is_near.float().mean(dim=1) >= PLAIN_SHARE
    is_dark = is_plain & (median < DARKEST_THIRD)
    is_light = is_plain & (median > LIGHTEST_THIRD)
    if is_dark.float().mean() >= COMMON_SHARE:
        return "dark"
    if is_light.float().mean() >= COMMON_SHARE:
        return "light"
    return None


def cut_out_sheet(image: Image.Image) -> Image.Image | None:
    """Return the sheet of paper in a gray photograph, without what lies around it.

    None stands for an image that has no sheet on a ground of another tone, with ink on it.
    """
    if max(image.size) < LEAST_SIDE_OF_A_PHOTOGRAPH:
        return None
    small = shrink(image)
    for gray in (small, ImageOps.invert(small)):  # light paper, then a blackboard on a light wall
        box = _find_sheet(np.asarray(gray, dtype=np.float32))
        if box is not None:
            factor = image.width / small.width
            left, top, right, bottom = (round(factor * side) for side in box)
            return image.crop((left, top, right, bottom))
    return None


def _find_sheet(pixels: np.ndarray) -> tuple[int, int, int, int] | None:
    """Return left, top, right and bottom of a sheet that is lighter than the border."""
    height, width = pixels.shape
    ground = np.median(_find_border(pixels))
    is_sheet = pixels > (ground + np.percentile(pixels, 95)) / 2
    left, top, right, bottom = 0, 0, width, height
    # The side with the smallest share of the sheet moves inwards, until all four lie on it.
    while right - left > LEAST_SHEET * width and bottom - top > LEAST_SHEET * height:
        shares = {
            "left": is_sheet[top:bottom, left].mean(),
            "top": is_sheet[top, left:right].mean(),
            "right": is_sheet[top:bottom, right - 1].mean(),
            "bottom": is_sheet[bottom - 1, left:right].mean(),
        }
        side = min(shares, key=lambda name: shares[name])
        if shares[side] == 1:
            share_in_box = is_sheet[top:bottom, left:right].sum() / is_sheet.sum()
            is_whole = share_in_box >= LEAST_SHARE_IN_BOX
            return _trim(pixels, left, top, right, bottom) if is_whole else None
        left += side == "left"
        top += side == "top"
        right -= side == "right"
        bottom -= side == "bottom"
    return None


def _find_border(pixels: np.ndarray) -> np.ndarray:
    """Return the pixels at the four sides of an image (height, width), one after the other."""
    return np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])


def _trim(
    pixels: np.ndarray, left: int, top: int, right: int, bottom: int
) -> tuple[int, int, int, int] | None:
    """Return the box of a sheet without its blurred edge, unless it is empty or all there is."""
    box = (left + EDGE, top + EDGE, right - EDGE, bottom - EDGE)
    sheet = pixels[top + EDGE : bottom - EDGE, left + EDGE : right - EDGE]
    has_ground = sheet.size < 0.95 * pixels.size
    is_ink = np.median(sheet) - sheet >= LEAST_INK_CONTRAST
    has_ink = 0 < is_ink.mean() <= MOST_INK_ON_SHEET
    return box if has_ground and has_ink else None


def find_oddities(contrast: np.ndarray, longer_side: int, fills_image: bool = False) -> list[str]:
    """Return what is unusual about the ink of a drawing, in words for the user.

    longer_side is that of the whole image, in pixels. fills_image says that ink may reach the
    border, as in the network's training images.

    Shapes: contrast (height, width), as images.find_contrast returns it.
    """
    is_ink = contrast >= NOISE_FLOOR
    oddities = []
    question = "is this a photograph of more than the drawing?"
    is_photograph = longer_side >= LEAST_SIDE_OF_A_PHOTOGRAPH
    if is_photograph and (contrast <= -NOISE_FLOOR).mean() > MOST_OF_BOTH_TONES:
        oddities.append(f"the image is both darker and lighter than its border: {question}")
    elif is_photograph and _touches_border(is_ink, fills_image):
        oddities.append(f"ink touches the border of the image: {question}")
    elif (is_ink.mean(axis=1) > LINE).any():
        oddities.append("a line crosses the whole image: draw on paper without lines")
    rows, columns = np.nonzero(is_ink)
    height = rows.max() - rows.min() + 1
    width = columns.max() - columns.min() + 1
    if max(height, width) < LEAST_INK_SIDE and is_photograph:
        share = max(height, width) / max(is_ink.shape)
        oddities.append(f"the ink is only {share:.0%} of the image: is it a speck?")
    num_parts = max(_count_parts(is_ink), _count_parts(is_ink.T))
    if num_parts > 1:
        oddities.append(
            f"the ink has {num_parts} parts side by side: give each drawing as an image of its own"
        )
    return oddities


def _touches_border(is_ink: np.ndarray, fills_image: bool) -> bool:
    """Tell whether more ink lies at the border, or in the image, than a drawing has there."""
    border = _find_border(is_ink)
    if fills_image:
        most_at_border = MOST_INK_AT_FILLED_BORDER
        most_in_image = MOST_INK_IN_FILLED_IMAGE
    else:
        most_at_border = MOST_INK_AT_BORDER
        most_in_image = MOST_INK
    return bool(border.mean() > most_at_border or is_ink.mean() > most_in_image)


def _count_parts(is_ink: np.ndarray) -> int:
    """Count the drawings that columns without ink separate; smaller parts are left out."""
    has_ink = is_ink.any(axis=0)
    edges = np.flatnonzero(np.diff(np.pad(has_ink.astype(int), 1)))
    sizes = []
    for left, right in edges.reshape(-1, 2):
        rows = np.flatnonzero(is_ink[:, left:right].any(axis=1))
        sizes.append((rows.max() - rows.min() + 1, right - left))
    tallest, widest = np.max(sizes, axis=0)
    large = [
        height >= LEAST_PART * tallest and width >= LEAST_PART * widest for height, width in sizes
    ]
    return sum(large)
