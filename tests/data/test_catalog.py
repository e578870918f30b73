import re

import pytest

from dlcourse.data.catalog import IMAGE_SETS, list_published, load_image_set
from dlcourse.errors import DataError


def test_the_digits_come_with_the_package():
    digits = load_image_set("digits")
    assert digits.name == "digits"
    assert len(digits.train) + len(digits.validation) + len(digits.test) == 1797


def test_each_published_set_is_looked_for_where_it_is_told_to(tmp_path):
    for name, files in list_published().items():
        folder = tmp_path / name / files.below[-1]
        folder.mkdir(parents=True)
        for file_name in files.names:
            (folder / file_name).write_bytes(b"")  # found, and refused
        with pytest.raises(DataError, match=re.escape(str(folder))):
            load_image_set(name, tmp_path / name)


def test_names_are_those_of_the_catalog():
    assert set(list_published()) | {"digits"} == set(IMAGE_SETS)
    with pytest.raises(ValueError, match="name must be one of digits, mnist"):
        load_image_set("emnist")
