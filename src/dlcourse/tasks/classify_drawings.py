"""What a trained classifier predicts for drawings and photographs of people's own."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor, nn

from dlcourse.data.framing import Framing
from dlcourse.data.images import fit_side, open_image, prepare_drawing, read_photo

VIEW_SIDE = 280  # pixels; what the network saw is enlarged to about this, for people to look at
NUM_CLASSES_SHOWN = 3


def predict_drawings(
    network: nn.Module, about: Mapping[str, Any], paths: Sequence[Path], folder: Path
) -> list[dict[str, Any]]:
    """Return the three likeliest classes of each image; save the image as the network saw it.

    A network that learned drawings takes the image for a drawing; one that learned photographs sees
    its middle square.
    Raises: DataError when an image cannot be read; then nothing is saved.
    """
    images = read_as_trained(about, paths)
    with torch.inference_mode():
        probabilities = network(scale_as_trained(about, images)).softmax(dim=1)
    folder.mkdir(exist_ok=True)
    predictions: list[dict[str, Any]] = []
    for path, image, row, name in zip(
        paths, images, probabilities, unique_names(paths), strict=True
    ):
        seen = folder / f"{name}.png"
        _save_enlarged(image, seen)
        classes = _find_likeliest(row, about["class_names"])
        predictions.append({"image": str(path), "seen": str(seen), "classes": classes})
    return predictions


def read_as_trained(about: Mapping[str, Any], paths: Sequence[Path]) -> Tensor:
    """Read image files as the network was given its training images.

    Shapes: (N, channels or 1, height, width), uint8.
    """
    channels, height, _ = about["image_shape"]
    side = about["drawing_side"]
    if about["framing"] is None:
        images = [read_photo(path, channels, side) for path in paths]
    else:
        framing = Framing(**about["framing"])
        images = [prepare_drawing(open_image(path), side, framing) for path in paths]
    return fit_side(torch.stack(images), height)


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
    """Return one of the predictions as a line."""
    parts = [f"{one['class']} ({one['probability']:.1%})" for one in prediction["classes"]]
    return f"{prediction['image']}: {', '.join(parts)}; seen as {prediction['seen']}"


def _save_enlarged(image: Tensor, path: Path) -> None:
    """Save an image (channels, height, width) with whole pixels enlarged to squares."""
    pixels = image.permute(1, 2, 0).squeeze(2).numpy()
    factor = max(1, VIEW_SIDE // image.shape[1])
    picture = Image.fromarray(pixels)
    size = (picture.width * factor, picture.height * factor)
    picture.resize(size, Image.Resampling.NEAREST).save(path)


def _find_likeliest(probabilities: Tensor, class_names: Sequence[str]) -> list[dict[str, Any]]:
    num_shown = min(NUM_CLASSES_SHOWN, len(probabilities))
    values, indices = probabilities.topk(num_shown)
    likeliest = []
    for index, probability in zip(indices.tolist(), values.tolist(), strict=True):
        likeliest.append({"class": class_names[index], "probability": probability})
    return likeliest
