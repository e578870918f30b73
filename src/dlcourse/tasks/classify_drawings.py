"""What a trained classifier predicts for drawings and photographs of people's own."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from PIL import Image
from torch import Tensor, nn

from dlcourse.data.drawing_checks import cut_out_sheet, find_ground, find_oddities
from dlcourse.data.framing import FASHION_FRAMING, Framing
from dlcourse.data.images import (
    LEAST_CONTRAST,
    find_contrast,
    fit_side,
    open_image,
    prepare_drawing,
    read_photo,
)
from dlcourse.errors import DataError

VIEW_SIDE = 280  # pixels; what the network saw is enlarged to about this, for people to look at
NUM_CLASSES_SHOWN = 3
LONG_IMAGE = 2  # times the shorter side; the square in the middle leaves out half of it or more


class GivenImage(NamedTuple):
    """An image as the network is given it, and what a person should know about it.

    Shapes: pixels (channels or 1, side, side), uint8.
    """

    pixels: Tensor
    notes: list[str]


def predict_drawings(
    network: nn.Module, about: Mapping[str, Any], paths: Sequence[Path], folder: Path
) -> list[dict[str, Any]]:
    """Return the three likeliest classes of each image; save the image as the network saw it.

    A network that learned drawings takes the image for a drawing; one that learned photographs sees
    its middle square. What is odd about an image is in its notes, and where it was saved in "seen",
    which is None where that was not possible.
    Raises: DataError when an image cannot be read or nothing is drawn; then nothing is saved.
    """
    given = [read_as_trained(about, path) for path in paths]
    images = torch.stack([image.pixels for image in given])
    with torch.inference_mode():
        probabilities = network(scale_as_trained(about, images)).softmax(dim=1)
    predictions: list[dict[str, Any]] = []
    for path, image, row, name in zip(
        paths, given, probabilities, unique_names(paths), strict=True
    ):
        notes = list(image.notes)
        seen: str | None = str(folder / f"{name}.png")
        try:
            _save_enlarged(image.pixels, folder / f"{name}.png")
        except OSError as error:
            notes.append(f"what the network saw was not saved in {folder} ({error.strerror})")
            seen = None
        classes = _find_likeliest(row, about["class_names"])
        predictions.append({"image": str(path), "seen": seen, "classes": classes, "notes": notes})
    return predictions


def read_as_trained(about: Mapping[str, Any], path: Path) -> GivenImage:
    """Read an image file as the network was given its training images."""
    channels, height, _ = about["image_shape"]
    side = about["drawing_side"]
    if about["framing"] is None:
        given = _read_photo(about, path, channels, side)
    else:
        gray = open_image(path)
        try:
            given = _read_drawing(gray, side, Framing(**about["framing"]))
        except DataError as error:
            raise DataError(f"{path}: {error.problem}", error.remedy) from error
    pixels = fit_side(given.pixels[None], height)[0]
    return GivenImage(pixels, given.notes)


def _read_drawing(gray: Image.Image, side: int, framing: Framing) -> GivenImage:
    notes = []
    if framing != FASHION_FRAMING:  # clothing covers areas, as a sheet of paper does
        sheet = cut_out_sheet(gray)
        if sheet is not None:
            gray = sheet
            notes.append("only the sheet of paper in this image was used")
        fills_image = max(framing.height, framing.width) == 1
        notes += find_oddities(find_contrast(gray), max(gray.size), fills_image)
    return GivenImage(prepare_drawing(gray, side, framing), notes)


def _read_photo(about: Mapping[str, Any], path: Path, channels: int, side: int) -> GivenImage:
    """Read a photograph; exchange light and dark where the training images had the other ground."""
    pixels = read_photo(path, channels, side, about.get("white"))
    whole = open_image(path, least_side=VIEW_SIDE)
    notes = []
    if max(whole.size) >= LONG_IMAGE * min(whole.size):
        notes.append("only the square in the middle of this image was used")
    contrast = pixels.amax(dim=(1, 2)).int() - pixels.amin(dim=(1, 2)).int()
    if contrast.max() < LEAST_CONTRAST:
        notes.append("what was used has a single tone: there is nothing to classify")
        return GivenImage(pixels, notes)
    learned = about.get("ground")  # runs from before do not have it
    if learned is None:
        return GivenImage(pixels, notes)

    ground = find_ground(pixels[None])
    if cut_out_sheet(whole) is not None:
        notes.append(
            "this seems to be a photographed sheet of paper: crop the image to the drawing"
        )
    elif ground is None:
        notes.append(f"the training images have a plain {learned} background, this image does not")
    elif ground != learned:
        notes.append(
            f"light and dark were exchanged: the training images have a {learned} background"
        )
        pixels = 255 - pixels
    return GivenImage(pixels, notes)


def scale_as_trained(about: Mapping[str, Any], images: Tensor) -> Tensor:
    """Return the network's inputs for images of read_as_trained: floats from 0 to 1."""
    channels = about["image_shape"][0]
    return images.expand(-1, channels, -1, -1).float() / 255


def unique_names(paths: Sequence[Path]) -> list[str]:
    """Return a name for each path: its stem, with a number where another one has the same stem."""
    names: list[str] = []
    for path in paths:
        name = path.stem
        number = 2
        while name in names:
            name = f"{path.stem}-{number}"
            number += 1
        names.append(name)
    return names


def describe_prediction(prediction: Mapping[str, Any]) -> str:
    """Return one of the predictions as a line, followed by its notes."""
    parts = []
    for one in prediction["classes"]:
        name = " ".join(one["class"].split())  # the name of a folder may have line breaks
        parts.append(f"{name} ({one['probability']:.1%})")
    line = f"{prediction['image']}: {', '.join(parts)}"
    if prediction["seen"] is not None:
        line += f"; seen as {prediction['seen']}"
    return "\n".join([line, *(f"  note: {note}" for note in prediction["notes"])])


def _save_enlarged(image: Tensor, path: Path) -> None:
    """Save an image (channels, height, width) with whole pixels enlarged to squares."""
    pixels = image.permute(1, 2, 0).squeeze(2).numpy()
    factor = max(1, VIEW_SIDE // image.shape[1])
    small = Image.fromarray(pixels)
    size = (small.width * factor, small.height * factor)
    path.parent.mkdir(exist_ok=True)
    small.resize(size, Image.Resampling.NEAREST).save(path)


def _find_likeliest(probabilities: Tensor, class_names: Sequence[str]) -> list[dict[str, Any]]:
    num_shown = min(NUM_CLASSES_SHOWN, len(probabilities))
    values, indices = probabilities.topk(num_shown)
    likeliest = []
    for index, probability in zip(indices.tolist(), values.tolist(), strict=True):
        likeliest.append({"class": class_names[index], "probability": probability})
    return likeliest
