import pytest

from dlcourse.data.folder_layout import find_split


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
