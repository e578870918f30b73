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
from PIL.PngImagePlugin import PngInfo

from dlcourse.data.batches import Batches
from dlcourse.data.folders import REMEDY, load_folder
from dlcourse.data.image_files import ImageFiles
from dlcourse.data.images import read_photo
from dlcourse.errors import DataError

from .test_images_from_files import png_header, save_16_bits

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
        # Other levels by one, because equal images are kept together.
        draw(folder / "rgb.png", level=level)
        draw(folder / "cmyk.tiff", mode="CMYK", level=level + 1)
        draw(folder / "cmyk.jpg", mode="CMYK", level=level - 1, quality=100)
        draw(folder / "palette.gif", mode="P", level=level)
        draw(folder / "gray.bmp", mode="L", level=level + 2)
        wide = np.full((9, 9), (level - 2) * 257, np.uint16)
        Image.fromarray(wide).save(folder / "16 bits.png")
        black_ink = (0, 0, 0, 255 - level)  # on white paper it has this level
        Image.new("RGBA", (9, 9), black_ink).save(folder / "clear.png")
    levels = torch.tensor([51, 204])
    for part in parts_of(load_folder(tmp_path)):
        expected = levels[part.labels].view(-1, 1, 1, 1)
        # JPEG and the palette round by two levels, and the levels differ by up to two.
        assert (part.images.int() - expected).abs().max() <= 4


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


# What is left out, or refused before anything is trained


def test_all_bad_files_are_left_out_by_name(pets):
    for number in range(2):
        (pets / "cats" / f"x{number}.jpg").write_text("not an image")
    content = (pets / "dogs" / "3.png").read_bytes()
    (pets / "dogs" / "3.png").write_bytes(content[: len(content) * 2 // 3])  # fails when decoded
    (pets / "dogs" / "y.HEIC").write_bytes(b"\0\0\0\x18ftypheic")
    (pets / "dogs" / "z.png").write_bytes(png_header(20_000, 20_000))
    (pets / "dogs" / "zz.png").write_bytes(png_header(9_600, 10_000))
    (pets / "dogs" / "empty.gif").touch()
    (pets / "dogs" / "list.csv").touch()
    names = "cats/x0.jpg, cats/x1.jpg, dogs/empty.gif, dogs/3.png"
    data = load_folder(pets)
    assert sorted(data.left_out) == [
        "1 HEIC image (dogs/y.HEIC)",
        "1 file that is not an image (dogs/list.csv)",
        "2 images of more than 25 million pixels (dogs/z.png, dogs/zz.png)",
        f"4 damaged images or images in other formats ({names})",
    ]
    assert sum(map(sum, counts(data))) == 19


def test_a_folder_with_more_bad_files_than_good_ones_is_refused(pets):
    for path in [*(pets / "cats").iterdir(), pets / "dogs" / "3.png"]:
        path.write_bytes(path.read_bytes()[:100])
    (pets / "dogs" / "y.HEIC").write_bytes(b"\0\0\0\x18ftypheic")
    message = refusal(pets)
    assert "pets has 11 damaged images or images in other formats (" in message
    assert message.endswith(f" and 1 HEIC image (dogs/y.HEIC): {REMEDY}")


@pytest.mark.parametrize("has_place", [True, False])
def test_more_than_ten_bad_files_are_listed_in_a_file(pets, monkeypatch, has_place):
    names = {f"cats/x{number}.jpg" for number in range(12)}
    for name in names:
        (pets / name).write_text("damaged")
    if not has_place:
        monkeypatch.setattr("tempfile.tempdir", str(pets / "no folder"))
    (told,) = load_folder(pets).left_out
    start, _, rest = told.partition(" (")
    assert start == "12 damaged images or images in other formats"
    shown, _, rest = rest.partition(", ...")
    assert len(shown.split(", ")) == 10
    if not has_place:
        assert rest == ")"
        return
    listed = Path(rest.removeprefix("; all are listed in ").removesuffix(")"))
    assert set(listed.read_text("utf-8").splitlines()) == names
    listed.unlink()


@pytest.mark.parametrize("stream", [True, False])
def test_truncated_images_are_left_out(pets, stream):
    for name in ("cats/3.png", "dogs/4.png"):
        content = (pets / name).read_bytes()
        (pets / name).write_bytes(content[: len(content) * 2 // 3])
    told = "2 damaged images or images in other formats (cats/3.png, dogs/4.png)"
    assert load_folder(pets, stream=stream).left_out == (told,)


def test_whole_images_with_long_comments_or_damaged_exif_are_read(pets):
    comment = PngInfo()
    comment.add_text("prompt", "x" * 2_000_000, zip=True)
    draw(pets / "cats" / "long.png", pnginfo=comment)
    many = PngInfo()
    for number in range(70):  # megabytes
        many.add_text(f"part {number}", "x" * 1_000_000, zip=True)
    draw(pets / "cats" / "many.png", pnginfo=many)
    draw(pets / "cats" / "rotated.png", exif=b"Exif\0\0damaged")
    data = load_folder(pets)
    assert data.left_out == ()
    assert sum(map(sum, counts(data))) == 23


@pytest.mark.parametrize("stream", [False, True])
def test_pixels_that_have_no_gray_level_are_left_out_with_this_reason(pets, stream):
    levels = np.full((9, 9), np.nan, np.float32)
    Image.fromarray(levels).save(pets / "cats" / "nan.tiff")
    Image.fromarray(np.linspace(-1, 1, 81, dtype=np.float32).reshape(9, 9)).save(
        pets / "cats" / "negative.tiff"
    )
    colors = np.linspace(0, 4095, 81 * 3).reshape(9, 9, 3).astype(np.uint16)
    save_16_bits(pets / "dogs" / "12 bits.png", colors, 2)
    reason = "images with pixels below 0 or undefined, or with 12-bit colors in 16 bits"
    files = "cats/nan.tiff, cats/negative.tiff, dogs/12 bits.png"
    assert load_folder(pets, stream=stream).left_out == (f"3 {reason} ({files})",)


def test_unreadable_files_are_left_out(pets, monkeypatch):
    real_open = Path.open

    def refuse(path, *arguments, **options):
        if path.name == "3.png":
            raise PermissionError(13, "Permission denied")
        return real_open(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    (told,) = load_folder(pets).left_out
    assert told == "2 files or folders that you may not read (cats/3.png, dogs/3.png)"


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
        (add_an_empty_class, "1 class with fewer than 5 different images to train with (birds)"),
        (
            add_a_class_of_one_image,
            "1 class with fewer than 5 different images to train with (birds)",
        ),
        (
            add_a_cat_to_the_dogs,
            "has 2 files in two classes with equal images, one after the other "
            "(cats/1.png, dogs/cat.png): keep each image in one class",
        ),
        (take_the_dogs_away, "pets has only the sub-folder cats: create at least two"),
        (hide_the_dogs, "pets has only the sub-folder cats"),
        (take_all_classes_away, "no sub-folder: create"),
        (
            name_the_classes_like_parts,
            "has the folders train, val, without class folders: put the images",
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
    assert "1 class with fewer than 5 different images to train with (birds)" in refusal(pets)


# Splits, links and copies


def make_split_folders(folder, splits, classes=("cats", "dogs"), count=6):
    for split in splits:
        for name in classes:
            for number in range(count):
                draw(folder / split / name / f"{number}.png")


@pytest.mark.parametrize(
    ("splits", "expected"),
    [
        (["training", "testing"], [10, 2, 12]),
        (["Train", "Val", "Test"], [12, 12, 12]),
        (["train_set", "validation_set"], [10, 12, 2]),
        (["train", "test images"], [10, 2, 12]),
    ],
)
def test_folders_of_splits_are_the_splits(tmp_path, splits, expected):
    make_split_folders(tmp_path, splits)
    data = load_folder(tmp_path)
    assert data.class_names == ("cats", "dogs")
    assert [len(part) for part in parts_of(data)] == expected
    tested = pixels_by_part(data)[2]
    for folder in splits:
        if "est" in folder:
            test_files = [tmp_path / folder / name / "0.png" for name in data.class_names]
            pixels = {read_photo(path, 3, 16).numpy().tobytes() for path in test_files}
            assert pixels <= tested
        assert folder in data.source


def test_splits_inside_the_classes_are_the_splits(tmp_path):
    make_split_folders(tmp_path, ["cats", "dogs"], ["train", "test"])
    data = load_folder(tmp_path)
    assert data.class_names == ("cats", "dogs")
    assert [len(part) for part in parts_of(data)] == [10, 2, 12]


def test_a_copy_in_the_test_is_not_trained_on(tmp_path):
    make_split_folders(tmp_path, ["train", "test"])
    with Image.open(tmp_path / "train" / "cats" / "0.png") as image:
        image.save(tmp_path / "test" / "cats" / "again.bmp")
    data = load_folder(tmp_path)
    assert data.left_out == ("1 copy of an image of another split (train/cats/0.png)",)
    assert [len(part) for part in parts_of(data)] == [9, 2, 13]


def test_an_image_saved_in_another_format_stays_with_the_first(pets):
    before = load_folder(pets)
    for path in sorted((pets / "cats").iterdir()):
        with Image.open(path) as image:
            image.save(path.with_suffix(".bmp"))
    after = load_folder(pets)
    train, validation, test = pixels_by_part(after)
    assert train.isdisjoint(validation | test)
    assert validation.isdisjoint(test)
    assert sum(map(sum, counts(after))) == sum(map(sum, counts(before))) + 10
    assert "copies in the split of their original: 10" in after.source


def test_a_photograph_saved_as_png_stays_with_its_jpeg(tmp_path):
    for name in ("a", "b"):
        for number in range(6):
            path = draw(tmp_path / name / f"{number}.jpg", (400, 300))
            with Image.open(path) as image:
                image.save(path.with_suffix(".png"))
    assert "copies in the split of their original: 12" in load_folder(tmp_path).source


def test_links_are_followed_once_and_never_in_a_circle(pets, tmp_path):
    store = tmp_path / "store"
    for number in range(10):
        draw(store / f"{number}.png")
    (pets / "birds").mkdir()
    for number in range(10):
        (pets / "birds" / f"{number}.png").symlink_to(store / f"{number}.png")
    (pets / "cats" / "circle").symlink_to(pets / "cats", target_is_directory=True)
    (pets / "cats" / "again").symlink_to(pets / "cats" / "0.png")
    (pets / "dogs" / "gone.png").symlink_to(tmp_path / "nothing")
    (pets / "fish").symlink_to(make_class(tmp_path / "elsewhere"), target_is_directory=True)
    data = load_folder(pets)
    assert data.class_names == ("birds", "cats", "dogs", "fish")
    assert [sum(column) for column in zip(*counts(data), strict=True)] == [10, 10, 10, 10]
    assert "files through links: 20" in data.source
    assert sorted(data.left_out) == [
        "1 broken link (dogs/gone.png)",
        "2 further links to the same ones (cats/again, ...)",
    ]


def make_class(folder):
    for number in range(10):
        draw(folder / f"{number}.png")
    return folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_left_out_and_not_waited_for(pets):
    os.mkfifo(pets / "cats" / "pipe.png")
    assert load_folder(pets).left_out == ("1 file that is not an image (cats/pipe.png)",)


@pytest.mark.parametrize("depth", [1, 3])
def test_folders_that_wrap_the_classes_are_passed_over(pets, tmp_path, depth):
    expected = counts(load_folder(pets))
    wrapped = tmp_path / "archive"
    inner = wrapped.joinpath(*["images"] * depth)
    inner.parent.mkdir(parents=True)
    pets.rename(inner)
    (wrapped / "README.md").write_text("about the images")
    data = load_folder(wrapped)
    assert counts(data) == expected
    assert data.left_out == ("1 file beside the class folders (README.md)",)
    assert f"from {inner}" in data.source


@pytest.mark.parametrize(
    ("folders", "told"),
    [
        (
            ["train/cats", "train/dogs", "birds"],
            "has birds beside the splits train: move birds away",
        ),
        (["test/cats", "val/cats"], "has the splits test, val, but none to train with: give"),
        (["train/cats", "training/cats"], "has train and training, both for train: move"),
        (["train/cats", "train/dogs", "test/owls"], "train lacks owls, which other splits have"),
        (["Cats", "cats"], "has the classes Cats and cats: rename"),
    ],
)
def test_unclear_folders_are_refused(tmp_path, folders, told):
    for name in folders:
        for number in range(6):
            draw(tmp_path / "mine" / name / f"{number}.png")
    assert told in refusal(tmp_path / "mine")


def test_an_archive_is_not_a_folder(tmp_path):
    (tmp_path / "pets.zip").write_bytes(b"PK")
    assert "pets.zip is a file, not a folder: give" in refusal(tmp_path / "pets.zip")


# Deep grays


def test_deep_grays_of_a_folder_have_one_scale(tmp_path):
    """A dark image of 12 bits stays dark beside a bright one, and all levels are kept."""
    for name, brightest in (("bright", 4095), ("dark", 500)):
        (tmp_path / name).mkdir()
        for number in range(5):
            levels = np.linspace(number, brightest - number, 400).reshape(20, 20)
            Image.fromarray(levels.astype(np.uint16)).save(tmp_path / name / f"{number}.png")
    data = load_folder(tmp_path)
    assert data.white == 4095
    assert "grays of more than 8 bits: 10; white at 4095" in data.source
    for part in parts_of(data):
        brightest = part.images.flatten(1).max(dim=1).values
        assert brightest[part.labels == 0].min() >= 254
        assert brightest[part.labels == 1].max() <= 32  # 255 * 500 / 4095
    assert len(data.train.images.unique()) > 200


# The checksum of the data


def test_the_digest_changes_with_images_classes_and_splits_alone(pets, tmp_path):
    digest = load_folder(pets).digest
    moved = pets.rename(tmp_path / "moved")
    assert load_folder(moved).digest == digest
    (moved / "cats" / "0.png").rename(moved / "cats" / "other.png")
    assert load_folder(moved).digest == digest
    (moved / "cats" / "other.png").rename(moved / "dogs" / "other.png")
    in_other_class = load_folder(moved).digest
    (moved / "dogs" / "other.png").unlink()
    gone = load_folder(moved).digest
    assert len({digest, in_other_class, gone}) == 3


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


LIMIT = 900  # MiB of data, of which PyTorch alone takes 290


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

    done = train(LIMIT, "streamed")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    print(told)
    assert told["images"] == 20_000
    assert told["decoded_mib"] > 1400
    assert told["most_resident_mib"] < told["decoded_mib"] / 2  # 225 of it are PyTorch's code
    assert told["accuracy"] > 0.5  # by chance it is 0.1
    assert train(LIMIT, "resident").returncode != 0  # so the limit is one


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
    """Images of any size, mode and format; in most folders one file has wrong bytes or is cut.

    A file that cannot be read is left out, with its name.
    """
    chance = random.Random(0)
    endings = {"read whole": 0, "read in part": 0}
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
            data = load_folder(folder, stream=chance.random() < 0.5)
        except DataError as error:
            told = str(error)
        else:
            endings["read in part" if data.left_out else "read whole"] += 1
        assert told.startswith(str(folder))
        assert "\n" not in told
    print(endings)
    assert min(endings.values()) > 25
