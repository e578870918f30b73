import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dlcourse.data.folder_layout import find_split
from dlcourse.data.folders import load_folder
from dlcourse.data.watching import watcher
from dlcourse.errors import DataError
from dlcourse.tasks.classify import describe_classes

NOISE = np.random.default_rng(0)


def fill(folder: Path, *classes: str) -> Path:
    """Save six images into each of the folders."""
    for name in classes:
        (folder / name).mkdir(parents=True)
        for number in range(6):
            pixels = NOISE.integers(0, 256, (9, 9), np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.png")
    return folder


def sizes(data) -> list[int]:
    return [len(data.train), len(data.validation), len(data.test)]


def refusal(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        load_folder(folder)
    return str(caught.value).replace(str(folder), "FOLDER")


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("train", "train"),
        ("Training", "train"),
        ("training_set", "train"),
        ("train-images", "train"),
        ("01_train", "train"),
        ("val", "validation"),
        ("Valid", "validation"),
        ("dev", "validation"),
        ("test", "test"),
        ("TESTING", "test"),
        ("test_set", "test"),
        ("holdout data", "test"),
        ("cats", ""),
        ("trainers", ""),
        ("contest", ""),
        ("set", ""),
        ("7", ""),
    ],
)
def test_folders_of_splits_are_known_by_their_names(name, split):
    assert find_split(name) == split


def test_a_loose_file_does_not_hide_the_splits_of_a_class(tmp_path):
    fill(tmp_path, "cats/train", "cats/test", "dogs/train", "dogs/test")
    (tmp_path / "cats" / "notes.txt").write_text("about the cats")
    data = load_folder(tmp_path)
    assert sizes(data) == [10, 2, 12]
    assert data.left_out == ("1 file beside the class folders (cats/notes.txt)",)


@pytest.mark.parametrize(("other", "told"), [("dogs", "no split"), ("dogs/young", "young")])
def test_classes_are_all_divided_or_none(tmp_path, other, told):
    fill(tmp_path, "cats/train", "cats/test", other)
    problem = f"FOLDER/dogs has {told} where others have train or test"
    assert refusal(tmp_path) == f"{problem}: divide all classes into the same splits, or none"


def test_a_split_without_classes_beside_classes_is_refused(tmp_path):
    fill(tmp_path, "cats", "dogs", "test")
    told = "FOLDER has test beside the classes cats, dogs: move it out of the folder; "
    assert refusal(tmp_path) == f"{told}if it is a class, rename it to test-class"
    (tmp_path / "test").rename(tmp_path / "test-class")
    assert load_folder(tmp_path).class_names == ("cats", "dogs", "test-class")


@pytest.mark.parametrize("split", ["test", "val"])
def test_a_split_whose_folders_are_empty_is_taken_from_training(tmp_path, split):
    fill(tmp_path, "train/cats", "train/dogs")
    for name in ("cats", "dogs"):
        (tmp_path / split / name).mkdir(parents=True)
    data = load_folder(tmp_path)
    assert sizes(data) == [8, 2, 2]
    assert data.source.endswith("test a fifth of train")
    assert data.left_out == (f"1 split without an image of its own ({split})",)


def test_a_class_that_is_only_trained_on_is_named(tmp_path):
    data = load_folder(fill(tmp_path, "train/a", "train/b", "train/c", "test/a", "test/b"))
    assert data.source.endswith("test from test; test has no images of c")


def test_an_empty_split_folder_is_named(tmp_path):
    fill(tmp_path, "train/a", "train/b", "test/a", "test/b")
    (tmp_path / "val").mkdir()
    assert load_folder(tmp_path).left_out == ("1 file or folder without a class (val)",)


@pytest.mark.parametrize("folders", [[], ["inner"]])
def test_a_link_in_place_of_the_classes_does_not_lead_in_a_circle(tmp_path, folders):
    inner = tmp_path.joinpath(*folders)
    inner.mkdir(exist_ok=True)
    (inner / "again").symlink_to(tmp_path, target_is_directory=True)
    link = "/".join(["FOLDER", *folders, "again"])
    assert refusal(tmp_path) == f"{link} is a link back to a folder above: remove the link"


def test_images_without_class_folders_are_counted(tmp_path):
    fill(tmp_path, "all")
    (tmp_path / "all" / "labels.csv").write_text("0.png,cat")
    assert "has 7 files, but no sub-folder for each class: create" in refusal(tmp_path / "all")


def test_names_that_cannot_be_printed_are_escaped(tmp_path):
    fill(tmp_path, "a", "b")
    (tmp_path / "a" / "two\nlines.csv").write_text("not an image")
    (told,) = load_folder(tmp_path).left_out
    assert told.endswith(r"(a/two\nlines.csv)")
    (tmp_path / "a" / "two\nlines.png").write_text("damaged")
    assert any(r"(a/two\nlines.png)" in told for told in load_folder(tmp_path).left_out)


def test_classes_stay_on_one_line(tmp_path):
    folder = tmp_path / "folder of\ntwo lines"
    data = load_folder(fill(folder, "a", "two\nlines"))
    assert describe_classes(data) == r"2 classes: a (6), two\nlines (6)"
    assert r"folder of\ntwo lines: " in data.source


def test_a_file_that_disappears_while_it_is_read_is_named(tmp_path, monkeypatch):
    fill(tmp_path, "a", "b")
    real_open = Path.open

    def open_or_miss(path, *arguments, **options):
        if path == tmp_path / "a" / "3.png":
            path.unlink()
        return real_open(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", open_or_miss)
    assert load_folder(tmp_path).left_out == ("1 file that has disappeared (a/3.png)",)


def test_all_that_may_not_be_read_is_named_at_once(tmp_path, monkeypatch):
    fill(tmp_path, "a", "b", "c")
    real_stat = Path.stat
    real_iterdir = Path.iterdir

    def stat(path, **options):  # chmod does not keep the superuser from reading
        if path.parent == tmp_path / "a":
            raise PermissionError(13, "Permission denied")
        return real_stat(path, **options)

    def iterdir(path):
        if path == tmp_path / "b":
            raise PermissionError(13, "Permission denied")
        return real_iterdir(path)

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(Path, "iterdir", iterdir)
    names = "a/0.png, a/1.png, a/2.png, a/3.png, a/4.png, a/5.png, b"
    told = f"FOLDER has 7 files or folders that you may not read ({names}): "
    assert refusal(tmp_path).startswith(told)
    monkeypatch.setattr(Path, "iterdir", refuse_all)
    told = "FOLDER has 1 file or folder that you may not read (.): change their permissions"
    assert refusal(tmp_path) == told


def refuse_all(path):
    raise PermissionError(13, "Permission denied")


# What people download


@pytest.mark.parametrize(
    ("train", "test"),
    [
        ("seg_train", "seg_test"),
        ("training_set/training_set", "test_set/test_set"),
        ("seg_train/seg_train", "seg_test/seg_test"),
        ("train/images", "test/images"),
        ("mnist-train", "mnist-test"),
        ("v2/train", "v2/test"),
    ],
)
def test_folders_of_splits_have_names_in_common_and_wrap_their_classes(tmp_path, train, test):
    fill(tmp_path, *(f"{split}/{name}" for split in (train, test) for name in ("sea", "street")))
    data = load_folder(tmp_path)
    assert data.class_names == ("sea", "street")
    assert sizes(data) == [10, 2, 12]
    train = train.removeprefix("v2/")
    assert f"train from {train}, validation a tenth of {train}, test from " in data.source


def test_a_further_folder_beside_splits_is_named(tmp_path):
    fill(tmp_path, "seg_train/sea", "seg_train/street", "seg_test/sea", "seg_test/street")
    fill(tmp_path, "seg_pred")
    told = "FOLDER has seg_pred beside the splits seg_test, seg_train: move seg_pred away; "
    assert refusal(tmp_path) == f"{told}if all are classes, rename seg_test, seg_train"
    (tmp_path / "seg_pred").rename(tmp_path.parent / "seg_pred")
    assert load_folder(tmp_path).class_names == ("sea", "street")


def test_a_class_called_train_can_be_renamed(tmp_path):
    fill(tmp_path, "bus", "car", "train/steam", "train/electric")
    told = "FOLDER has bus, car beside the splits train: move bus, car away; "
    assert refusal(tmp_path) == f"{told}if all are classes, rename train"
    (tmp_path / "train").rename(tmp_path / "trains")
    assert load_folder(tmp_path).class_names == ("bus", "car", "trains")


def test_one_class_in_splits_is_refused(tmp_path):
    fill(tmp_path, "train/images", "val/images")
    assert refusal(tmp_path) == (
        "FOLDER/train has only the sub-folder images: create at least two, each with the images of "
        "one class"
    )


def test_images_in_sub_folders_of_the_classes_are_counted(tmp_path):
    fill(tmp_path, "fold1/cats", "fold1/dogs", "fold2/cats", "fold2/dogs")
    assert load_folder(tmp_path).source.endswith("; files in sub-folders of the classes: 24")


def test_links_are_counted_below_the_folder_that_was_given(tmp_path):
    fill(tmp_path / "real", "a", "b")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert "through links" not in load_folder(tmp_path / "link").source
    (tmp_path / "real" / "c").symlink_to(fill(tmp_path, "c") / "c")
    assert "files through links: 6" in load_folder(tmp_path / "link").source


def test_links_among_folders_are_followed_once_each(tmp_path):
    """Thirty folders with two links to the next one: 2**30 ways lead to the last."""
    fill(tmp_path, "a", "b")
    for number in range(30):
        folder = tmp_path / "a" / "deep" / f"{number}"
        folder.mkdir(parents=True)
        for name in ("x", "y"):
            (folder / name).symlink_to(folder.parent / f"{number + 1}")
    data = load_folder(tmp_path)
    assert sizes(data) == [8, 2, 2]
    assert "further links to the same ones" in "".join(data.left_out)


def test_reading_tells_a_watcher_how_far_it_is(tmp_path):
    fill(tmp_path, "a", "b")
    heard = []
    token = watcher.set(lambda *told: heard.append(told))
    try:
        load_folder(tmp_path)
    finally:
        watcher.reset(token)
    assert heard[:3] == [("looking through folders", number, 0) for number in (1, 2, 3)]
    assert heard[3:15] == [("reading headers", number, 12) for number in range(1, 13)]
    assert heard[15:] == [("reading images", number, 12) for number in range(1, 13)]


def test_a_link_to_a_device_is_not_read(tmp_path):
    fill(tmp_path, "a", "b")
    (tmp_path / "a" / "zero.png").symlink_to("/dev/zero")
    assert load_folder(tmp_path).left_out == ("1 file that is not an image (a/zero.png)",)


# The same images in several splits or classes


def test_a_class_whose_images_are_all_tested_with_is_refused(tmp_path):
    fill(tmp_path, "train/a", "train/b", "test/b")
    shutil.copytree(tmp_path / "train" / "a", tmp_path / "test" / "a")
    assert refusal(tmp_path) == (
        "FOLDER has 1 class with fewer than 4 different images to train with (a): add images to "
        "them, or remove them; images that are also in another split are not used for training"
    )


def test_a_validation_folder_that_is_the_test_again_is_not_used(tmp_path):
    fill(tmp_path, "train/a", "train/b", "test/a", "test/b")
    shutil.copytree(tmp_path / "test", tmp_path / "val")
    data = load_folder(tmp_path)
    assert sizes(data) == [10, 2, 12]
    assert data.source.endswith("validation a tenth of train, test from test")
    assert data.left_out == (
        "12 copies of images of another split (val/a/0.png, ...)",
        "1 split without an image of its own (val)",
    )


def test_all_images_that_are_in_two_classes_are_listed_with_their_twins(tmp_path):
    fill(tmp_path, "a", "b")
    shutil.copytree(tmp_path / "a", tmp_path / "c")
    told = refusal(tmp_path)
    begin = "FOLDER has 12 files in two classes with equal images, one after the other"
    assert told.startswith(f"{begin} (a/0.png, c/0.png, a/1.png, c/1.png, ")
    _, _, rest = told.partition("; all are listed in ")
    listed = Path(rest.removesuffix("): keep each image in one class"))
    assert len(listed.read_text("utf-8").splitlines()) == 12
    listed.unlink()
