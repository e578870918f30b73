"""A folder of images becomes a data set; training batches vary at random."""

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
        color = (hue, 200 + number, 200)
        image = Image.new("HSV", (40, 30), color).convert("RGB")
        image.save(folder / name / f"{number}.png")

data = load_folder(folder)
print("classes:", data.class_names)
for name in ("train", "validation", "test"):
    split = getattr(data, name)
    print(f"{name}: {len(split)} images")

batches = Batches(
    data.train,
    batch_size=8,
    max_value=data.max_value,
    device=torch.device("cpu"),
    generator=torch.Generator().manual_seed(0),
    augment="shift,flip",
)
for images, labels in batches:
    print(tuple(images.shape), len(labels))
