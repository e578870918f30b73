"""What a trained network takes a drawing for, and the drawing as the network saw it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import nn

from dlcourse.assemble import RunDescription
from dlcourse.data.batches import Framing
from dlcourse.data.images import fit_side, open_image, prepare_drawing, read_photo

VIEW_SIDE = 280  # pixels; what the network saw is enlarged to about this, for people to look at


def predict_drawings(
    network: nn.Module, description: RunDescription, paths: Sequence[Path], folder: Path
) -> list[dict[str, Any]]:
    """Say for each picture which three classes are likeliest; save it in the folder as the network saw it.

    A network that learned drawings takes it for one; one that learned photographs sees its middle square.
    Raises: DataError when a picture cannot be read; then nothing is saved.
    """
    channels, height, _ = description.image_shape
    side = description.drawing_side
    if description.framing is None:
        drawings = torch.stack([read_photo(path, channels, side) for path in paths])
    else:
        framing = Framing(**description.framing)
        drawings = torch.stack([prepare_drawing(open_image(path), side, framing) for path in paths])
    drawings = fit_side(drawings, height)  # (N, channels or 1, height, height)
    with torch.inference_mode():
        probabilities = network(drawings.expand(-1, channels, -1, -1).float() / 255).softmax(dim=1)
    folder.mkdir(exist_ok=True)
    predictions: list[dict[str, Any]] = []
    for path, drawing, row in zip(paths, drawings, probabilities, strict=True):
        stems = (path.stem, *(f"{path.stem}-{number}" for number in range(2, 2 + len(paths))))
        taken = {prediction["seen"] for prediction in predictions}  # two drawings may share a name
        seen = next(name for stem in stems if (name := str(folder / f"{stem}.png")) not in taken)
        picture = Image.fromarray(drawing.permute(1, 2, 0).squeeze(2).numpy())
        factor = max(1, VIEW_SIDE // height)
        picture.resize((height * factor, height * factor), Image.Resampling.NEAREST).save(seen)
        best = row.topk(min(3, len(row)))
        pairs = zip(best.indices.tolist(), best.values.tolist(), strict=True)
        classes = [
            {"class": description.class_names[one], "probability": share} for one, share in pairs
        ]
        predictions.append({"image": str(path), "seen": seen, "classes": classes})
    return predictions


def describe_prediction(prediction: dict[str, Any]) -> str:
    """Return one of the predictions as a line."""
    best = ", ".join(
        f"{best['class']} ({best['probability']:.1%})" for best in prediction["classes"]
    )
    return f"{prediction['image']}: {best}; seen as {prediction['seen']}"
