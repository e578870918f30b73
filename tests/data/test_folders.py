"""Folders of images as people have them."""

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from dlcourse.data.batches import Batches
from dlcourse.data.folders import REMEDY, load_folder
from dlcourse.data.image_files import ImageFiles
from dlcourse.errors import DataError

from .test_images_from_files import png_header

CPU = torch.device("cpu")
NOISE = np.random.default_rng(0)


def draw(path: Path, size=(20, 16), mode: str = "RGB", level: int | None = None, **options) -> Path:
    """Save noise, or one gray level, as an image."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width, height = size
    pixels = NOISE.integers(0, 256, (height, width, 3), np.uint8)
    if level is not None:
        pixels = np.full_like(pixels, level)
    Image.fromarray(pixels).convert(mode).save(path, **options)
    return path


@pytest.fixture
def pets(tmp_path) -> Path:
    """A folder with ten cats and ten dogs."""
    for name in ("cats", "dogs"):
        for number in range(10):
            draw(tmp_path / "pets" / name / f"{number}.png")
    return tmp_path / "pets"


def refusal(folder, **options) -> str:
    with pytest.raises(DataError) as caught:
        load_folder(folder, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message.replace(os.sep, "/")


def parts_of(data) -> list:
    return [data.train, data.validation, data.test]


def counts(data) -> list[list[int]]:
    """Return how many images of each class are in each part."""
    num_classes = len(data.class_names)
    all_counts = [torch.bincount(part.labels, minlength=num_classes) for part in parts_of(data)]
    return [part_counts.tolist() for part_counts in all_counts]


# What is learned


def test_sub_folders_are_classes_and_each_gives_the_same_shares(pets):
    data = load_folder(pets)
    assert data.class_names == ("cats", "dogs")
    assert counts(data) == [[7, 7], [1, 1], [2, 2]]
    assert data.train.images.shape == (14, 3, 16, 16)
    assert data.name == str(pets)
    assert data.max_value == 255
    assert data.framing is None


def test_five_images_are_enough(tmp_path):
    for number in range(5):
        draw(tmp_path / "a" / f"{number}.png")
        draw(tmp_path / "b" / f"{number}.png")
    assert counts(load_folder(tmp_path)) == [[3, 3], [1, 1], [1, 1]]


def pixels_by_part(data) -> list[set[bytes]]:
    parts = []
    for part in parts_of(data):
        parts.append({image.numpy().tobytes() for image in part.images})
    return parts


def test_equal_files_stay_together_whatever_their_names(pets):
    originals = pixels_by_part(load_folder(pets))
    for number in range(10):
        content = (pets / "cats" / f"{number}.png").read_bytes()
        for copy in range(3):
            (pets / "cats" / f"copy {copy} of {number}.png").write_bytes(content)
    data = load_folder(pets)
    assert counts(data) == [[28, 7], [4, 1], [8, 2]]
    assert pixels_by_part(data) == originals
    train, validation, test = originals
    assert train.isdisjoint(validation)
    assert train.isdisjoint(test)
    assert validation.isdisjoint(test)


def test_parts_depend_on_the_files_alone(pets, tmp_path):
    before = pixels_by_part(load_folder(pets))
    for path in sorted((pets / "cats").iterdir()):
        other_name = hashlib.md5(path.name.encode()).hexdigest()
        path.rename(path.with_name(f"{other_name}.png"))
    pets.rename(tmp_path / "moved")
    assert pixels_by_part(load_folder(tmp_path / "moved")) == before


def test_images_are_found_at_any_depth_and_hidden_ones_are_not(pets):
    expected = counts(load_folder(pets))
    (pets / "cats" / "young").mkdir()
    (pets / "cats" / "0.png").rename(pets / "cats" / "young" / "0.png")
    for hidden in (
        ".DS_Store",
        "cats/._1.png",
        "cats/Thumbs.db",
        "cats/.git/x",
        ".cache/y.png",
        "notes.txt",
    ):
        path = pets / hidden
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"not an image")
    assert counts(load_folder(pets)) == expected


@pytest.mark.parametrize(
    ("sizes", "sides", "side"),
    [
        ([(20, 16)], (1, 1000), 16),  # the shorter side
        ([(20, 16), (40, 50)], (1, 1000), 40),  # of the largest image
        ([(300, 200)], (1, 1000), 64),
        ([(300, 200)], (80, 1000), 80),  # what the model needs
        ([(300, 200)], (28, 28), 28),
        ([(8, 8)], (28, 28), 28),
    ],
)
def test_sizes_are_made_equal(tmp_path, sizes, sides, side):
    for name in ("a", "b"):
        for number in range(6):
            draw(tmp_path / name / f"{number}.png", sizes[number % len(sizes)])
    assert load_folder(tmp_path, sides).train.images.shape[1:] == (3, side, side)


def test_every_mode_is_read_correctly(tmp_path):
    """Levels of 51 and 204, stored in every way, come out as these."""
    for name, level in (("dark", 51), ("light", 204)):
        folder = tmp_path / name
        draw(folder / "rgb.png", level=level)
        draw(folder / "cmyk.tiff", mode="CMYK", level=level)
        draw(folder / "cmyk.jpg", mode="CMYK", level=level, quality=100)
        draw(folder / "palette.gif", mode="P", level=level)
        draw(folder / "gray.bmp", mode="L", level=level)
        wide = np.full((9, 9), level * 257, np.uint16)
        Image.fromarray(wide).save(folder / "16 bits.png")
        black_ink = (0, 0, 0, 255 - level)  # on white paper it has this level
        Image.new("RGBA", (9, 9), black_ink).save(folder / "clear.png")
    levels = torch.tensor([51, 204])
    for part in parts_of(load_folder(tmp_path)):
        expected = levels[part.labels].view(-1, 1, 1, 1)
        assert (part.images.int() - expected).abs().max() <= 2  # JPEG and the palette round


def test_camera_orientation_is_undone(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    for number in range(10):
        pixels = np.zeros((8, 8, 3), np.uint8)
        pixels[:4] = 100 + number
        path = tmp_path / "ab"[number % 2] / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(pixels).save(path, exif=exif)
    images = load_folder(tmp_path).train.images
    assert images[:, :, :4].max() == 0
    assert images[:, :, 4:].min() >= 100


def test_gray_files_alone_make_one_channel(tmp_path):
    for name in ("a", "b"):
        for number in range(5):
            draw(tmp_path / name / f"{number}.png", mode="L")
    assert load_folder(tmp_path).train.images.shape[1] == 1
    draw(tmp_path / "b" / "color.png")
    assert load_folder(tmp_path).train.images.shape[1] == 3


# What is refused, before anything is trained


def test_all_bad_files_of_a_kind_are_named_at_once(pets):
    for number in range(3):
        (pets / "cats" / f"x{number}.jpg").write_text("not an image")
    (pets / "dogs" / "y.HEIC").write_bytes(b"\0\0\0\x18ftypheic")
    (pets / "dogs" / "z.png").write_bytes(png_header(20_000, 20_000))
    (pets / "dogs" / "zz.png").write_bytes(png_header(9_600, 10_000))
    message = refusal(pets)
    assert "3 files that are not complete images (cats/x0.jpg first)" in message
    assert "1 HEIC images (dogs/y.HEIC first)" in message
    assert "2 images that are too large (dogs/z.png first)" in message
    assert message.endswith(REMEDY)


@pytest.mark.parametrize("stream", [True, False])
def test_truncated_images_are_found_before_training(pets, stream):
    for name in ("cats/3.png", "dogs/4.png"):
        content = (pets / name).read_bytes()
        (pets / name).write_bytes(content[: len(content) * 2 // 3])
    assert "2 files that are not complete images (" in refusal(pets, stream=stream)


def test_unreadable_files_are_named(pets, monkeypatch):
    real_open = Path.open

    def refuse(path, *arguments):
        if path.name == "3.png":
            raise PermissionError(13, "Permission denied")
        return real_open(path, *arguments)

    monkeypatch.setattr(Path, "open", refuse)
    assert "2 files that are not complete images" in refusal(pets)


def add_an_empty_class(pets):
    (pets / "birds").mkdir()


def add_a_class_of_one_image(pets):
    draw(pets / "birds" / "1.png")


def add_a_cat_to_the_dogs(pets):
    cat = (pets / "cats" / "1.png").read_bytes()
    (pets / "dogs" / "cat.png").write_bytes(cat)


def take_the_dogs_away(pets):
    (pets / "dogs").rename(pets.parent / "dogs")


def hide_the_dogs(pets):
    (pets / "dogs").rename(pets / ".dogs")


def take_all_classes_away(pets):
    pets.rename(pets.parent / "cats")
    pets.mkdir()


def name_the_classes_like_parts(pets):
    (pets / "dogs").rename(pets / "val")
    (pets / "cats").rename(pets / "train")


def take_the_folder_away(pets):
    pets.rename(pets.parent / "away")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (add_an_empty_class, "1 classes without an image (birds first)"),
        (add_a_class_of_one_image, "1 classes with fewer than 5 different images (birds"),
        (
            add_a_cat_to_the_dogs,
            "1 equal files in two classes (dogs/cat.png first): keep each in one of them",
        ),
        (take_the_dogs_away, "pets has only the sub-folder cats: make at least two"),
        (hide_the_dogs, "pets has only the sub-folder cats"),
        (take_all_classes_away, "no sub-folder: make"),
        (
            name_the_classes_like_parts,
            "has the sub-folders train, val, which are no classes: give ",
        ),
        (take_the_folder_away, "there is no folder"),
    ],
)
def test_what_cannot_be_learned_from_is_named_with_its_remedy(pets, change, told):
    change(pets)
    assert told in refusal(pets)


def test_five_copies_of_an_image_are_one(pets):
    cat = (pets / "cats" / "1.png").read_bytes()
    (pets / "birds").mkdir()
    for number in range(5):
        (pets / "birds" / f"{number}.png").write_bytes(cat + b" ")
    assert "1 classes with fewer than 5 different images (birds first)" in refusal(pets)


# Streamed


def test_streamed_batches_are_the_resident_ones(pets):
    def batches(stream):
        train = load_folder(pets, stream=stream).train
        assert isinstance(train.images, ImageFiles) == stream
        return Batches(
            train,
            4,
            max_value=255,
            device=CPU,
            generator=torch.Generator().manual_seed(0),
            augment="shift,crop",
        )

    resident = batches(stream=False)
    streamed = batches(stream=True)
    assert not resident.is_streamed
    assert streamed.is_streamed
    for _ in range(2):
        for (images, labels), (same_images, same_labels) in zip(resident, streamed, strict=True):
            assert torch.equal(images, same_images)
            assert torch.equal(labels, same_labels)


@pytest.mark.parametrize(
    ("memory", "is_streamed"), [(20 * 3 * 16 * 16, False), (20 * 3 * 16 * 16 - 1, True)]
)
def test_what_would_take_too_much_memory_is_streamed(pets, monkeypatch, memory, is_streamed):
    monkeypatch.setattr("dlcourse.data.folders.free_bytes", lambda device: memory)
    assert isinstance(load_folder(pets).train.images, ImageFiles) == is_streamed


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="other systems set no such limit of memory")
def test_20_000_images_are_trained_on_in_a_fraction_of_the_memory_they_would_take(tmp_path):
    for number in range(20_000):
        small = NOISE.integers(0, 256, (4, 5, 3), np.uint8)
        small[:, 2] = 25 * (number % 10)  # the class is how light the middle is
        path = tmp_path / str(number % 10) / f"{number}.jpg"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(small).resize((200, 160), Image.Resampling.NEAREST).save(path, quality=80)

    def train(mebibytes, how):
        script = Path(__file__).with_name("train_a_large_folder.py")
        command = [sys.executable, str(script), str(tmp_path), str(mebibytes), how]
        return subprocess.run(command, capture_output=True, text=True)

    done = train(700, "streamed")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    print(told)
    assert told["images"] == 20_000
    assert told["decoded_mib"] > 1400
    assert told["most_resident_mib"] < told["decoded_mib"] / 2  # 225 of it are PyTorch's code
    assert told["accuracy"] > 0.5  # by chance it is 0.1
    assert train(700, "resident").returncode != 0  # so the limit is one


MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "LAB")
SUFFIXES = ("png", "jpg", "gif", "webp", "tiff")


def damage(path: Path, chance: random.Random) -> None:
    """Change some bytes of a file, and cut half of the files."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 20)):
        place = chance.randrange(len(content))
        content[place] = chance.randrange(256)
    size = chance.choice([len(content), chance.randrange(len(content))])
    path.write_bytes(content[:size])


@pytest.mark.soak
def test_bad_bytes_anywhere_are_refused_or_read_but_nothing_else(tmp_path):
    """Images of any size, mode and format; in most folders one file has wrong bytes or is cut."""
    chance = random.Random(0)
    endings = {"read": 0, "refused": 0}
    for trial in range(250):
        folder = tmp_path / str(trial)
        for number in range(12):
            suffix = chance.choice(SUFFIXES)
            path = folder / "ab"[number % 2] / f"{number}.{suffix}"
            size = (chance.randint(1, 40), chance.randint(1, 40))
            try:
                draw(path, size, chance.choice(MODES))
            except (OSError, ValueError):  # not every format takes every mode
                path.unlink(missing_ok=True)
                draw(path.with_suffix(".png"), size)
        if chance.random() < 0.7:
            path = chance.choice(sorted(folder.rglob("*.*")))
            damage(path, chance)
        told = str(folder)
        try:
            load_folder(folder, stream=chance.random() < 0.5)
            endings["read"] += 1
        except DataError as error:
            told = str(error)
            endings["refused"] += 1
        assert told.startswith(str(folder))
        assert "\n" not in told
    print(endings)
    assert min(endings.values()) > 25
