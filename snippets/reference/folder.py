"""A folder of pictures becomes a data set; batches are changed at random."""

import tempfile
from pathlib import Path

import torch
from PIL import Image

from dlcourse.data.batches import Batches
from dlcourse.data.folders import load_folder

folder = Path(tempfile.mkdtemp())
for name, hue in {"apples": 0, "limes": 90}.items():
    (folder / name).mkdir()
    for number in range(10):
        picture = Image.new("HSV", (40, 30), (hue, 200 + number, 200))
        picture.convert("RGB").save(folder / name / f"{number}.png")

data = load_folder(folder)
parts = data.train, data.validation, data.test
print(*data.class_names, [len(part) for part in parts])

where = {"max_value": data.max_value, "device": torch.device("cpu")}
order = torch.Generator().manual_seed(0)
batches = Batches(data.train, 8, generator=order, augment="shift,flip", **where)
for images, labels in batches:
    print(tuple(images.shape), len(labels))
