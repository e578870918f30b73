import hashlib
from pathlib import Path

import numpy as np
import pytest
import sklearn.datasets
import torch

import dlcourse.data.digits
from dlcourse.data.digits import load_digits
from dlcourse.errors import DataError

FOLDER = Path(dlcourse.data.digits.__file__).parent


@pytest.fixture(scope="module")
def digits():
    return load_digits()


def parts(digits):
    return digits.train, digits.validation, digits.test


def test_same_images_and_labels_as_scikit_learn(digits):
    theirs = sklearn.datasets.load_digits()
    their_rows = np.column_stack([theirs.data, theirs.target]).astype(int).tolist()
    our_rows = []
    for split in parts(digits):
        rows = torch.cat([split.images.flatten(1), split.labels[:, None]], dim=1)
        our_rows.extend(rows.tolist())
    assert len(our_rows) == 1797
    assert sorted(our_rows) == sorted(their_rows)


def test_shapes_types_and_range(digits):
    for split in parts(digits):
        assert split.images.shape == (len(split), 1, 8, 8)
        assert split.images.dtype == torch.uint8
        assert int(split.images.min()) == 0
        assert int(split.images.max()) == digits.max_value == 16
    assert digits.class_names == tuple("0123456789")


def test_a_fifth_is_test_and_a_tenth_of_the_rest_validation(digits):
    totals = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # counts of scikit-learn
    for label, total in enumerate(totals):
        counts = [int((split.labels == label).sum()) for split in parts(digits)]
        assert sum(counts) == total
        _, in_validation, in_test = counts
        assert in_test == round(total / 5)
        assert in_validation == round((total - in_test) / 10)


def test_no_image_is_in_two_parts(digits):
    # scikit-learn's 1,797 images are all different, so equal images would be the same one.
    images = torch.cat([split.images for split in parts(digits)])
    assert len(images) == 1797
    assert len(images.unique(dim=0)) == 1797


def test_parts_do_not_depend_on_any_seed(digits):
    torch.manual_seed(123)
    for split, again in zip(parts(digits), parts(load_digits()), strict=True):
        assert torch.equal(split.images, again.images)
        assert torch.equal(split.labels, again.labels)


@pytest.mark.parametrize(
    ("name", "sha256"),
    [
        (
            "digits-images-idx3-ubyte.gz",
            "c41c947a1014aa9bb82e371b01f16724f9ef929893351173edcc47aa0fc03930",
        ),
        (
            "digits-labels-idx1-ubyte.gz",
            "147c9192405199869317e6d9c62ea444f9770c3f8c6dd65035ba3a3690cc5460",
        ),
    ],
)
def test_files_are_the_ones_that_were_released(name, sha256):
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == sha256


def test_license_names_its_authors_and_terms():
    text = (FOLDER / "digits.txt").read_text(encoding="utf-8")
    for words in ("Alpaydin", "Kaynak", "CC BY 4.0", "scikit-learn", "BSD"):
        assert words in text


def test_damaged_package_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(dlcourse.data.digits, "__file__", str(tmp_path / "digits.py"))
    with pytest.raises(DataError, match=r"digits-images-idx3-ubyte\.gz.*install dlcourse again"):
        load_digits()
