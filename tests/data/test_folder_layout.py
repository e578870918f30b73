from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dlcourse.data.folder_layout import find_split
from dlcourse.data.folders import load_folder
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
    assert refusal(tmp_path) == f"{told}if it is a class, call it test-class"
    (tmp_path / "test").rename(tmp_path / "test-class")
    assert load_folder(tmp_path).class_names == ("cats", "dogs", "test-class")


@pytest.mark.parametrize("split", ["test", "val"])
def test_a_split_whose_folders_are_empty_is_taken_from_training(tmp_path, split):
    fill(tmp_path, "train/cats", "train/dogs")
    for name in ("cats", "dogs"):
        (tmp_path / split / name).mkdir(parents=True)
    data = load_folder(tmp_path)
    assert sizes(data) == [8, 2, 2]
    assert data.source.endswith(f"test a fifth of train; no images in {split}")


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
    assert "has 7 files, but no sub-folder for each class: make" in refusal(tmp_path / "all")


def test_names_that_cannot_be_printed_are_escaped(tmp_path):
    fill(tmp_path, "a", "b")
    (tmp_path / "a" / "two\nlines.png").write_text("damaged")
    (told,) = load_folder(tmp_path).left_out
    assert told.endswith(r"(a/two\nlines.png)")


def test_classes_stay_on_one_line(tmp_path):
    data = load_folder(fill(tmp_path, "a", "two\nlines"))
    assert describe_classes(data) == r"2 classes: a (6), two\nlines (6)"


def test_a_file_that_disappears_while_it_is_read_is_named(tmp_path, monkeypatch):
    fill(tmp_path, "a", "b")
    real_open = Path.open

    def open_or_miss(path, *arguments, **options):
        if path == tmp_path / "a" / "3.png":
            path.unlink()
        return real_open(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", open_or_miss)
    assert load_folder(tmp_path).left_out == ("1 file that has disappeared (a/3.png)",)


def test_a_folder_whose_files_may_not_be_seen_is_named(tmp_path, monkeypatch):
    fill(tmp_path, "a", "b")
    real_lstat = Path.lstat

    def lstat(path):  # chmod does not keep the superuser from reading
        if path.parent == tmp_path / "a":
            raise PermissionError(13, "Permission denied")
        return real_lstat(path)

    monkeypatch.setattr(Path, "lstat", lstat)
    told = "the folder FOLDER/a cannot be read (Permission denied): allow yourself to read it"
    assert refusal(tmp_path).startswith(told)
