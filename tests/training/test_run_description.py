"""What config.json says of a run, today and in runs from before version 2."""

import dataclasses
from pathlib import Path

import pytest

from dlcourse.errors import CheckpointError
from dlcourse.training.run_description import RunDescription, read_description

DESCRIPTION = RunDescription(
    dlcourse="1.0.0",
    model="cnn",
    data="digits",
    about={"image_shape": [1, 8, 8], "class_names": ["0", "1"]},
    options={"width": 16},
)
CONTENT = {
    "version": 2,
    "dlcourse": "1.0.0",
    "model": "cnn",
    "data": "digits",
    "about": {"image_shape": [1, 8, 8], "class_names": ["0", "1"]},
    "options": {"width": 16},
    "origin": "",
    "origin_sha256": "",
    "is_frozen": False,
    "data_digest": "",
}
OLD_CONTENT = {  # as dlcourse wrote it before it had families
    "dlcourse": "0.9.0",
    "model": "cnn",
    "data": "digits",
    "image_shape": [1, 8, 8],
    "class_names": ["0", "1"],
    "drawing_side": 8,
    "framing": None,
    "origin": "runs/first",
    "origin_sha256": "ab12",
    "is_frozen": True,
}


def test_the_content_is_plain_and_comes_back():
    assert DESCRIPTION.as_content() == CONTENT
    assert next(iter(DESCRIPTION.as_content())) == "version"
    assert read_description(CONTENT) == DESCRIPTION


def test_an_old_run_is_read_with_its_facts_in_about():
    description = read_description(OLD_CONTENT)
    assert description == RunDescription(
        dlcourse="0.9.0",
        model="cnn",
        data="digits",
        about={
            "image_shape": [1, 8, 8],
            "class_names": ["0", "1"],
            "drawing_side": 8,
            "framing": None,
        },
        origin="runs/first",
        origin_sha256="ab12",
        is_frozen=True,
    )
    assert "image_shape" in OLD_CONTENT  # what was given stays as it was


@pytest.mark.parametrize("version", [0, 3, "2", None])
def test_another_version_is_refused(version):
    with pytest.raises(ValueError, match=f"version must be 1 or 2, got {version!r}"):
        read_description({**CONTENT, "version": version})


def test_what_is_none_is_refused():
    with pytest.raises(KeyError, match="image_shape"):
        read_description({"model": "cnn"})
    with pytest.raises(TypeError, match="missing"):
        read_description({"version": 2, "model": "cnn"})
    with pytest.raises(TypeError, match="unexpected"):
        read_description({**CONTENT, "color": "red"})


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("model", 3, "text"),
        ("data", None, "text"),
        ("origin", ["runs/first"], "text"),
        ("about", [], "table"),
        ("options", "width=16", "table"),
    ],
)
def test_a_field_of_another_type_is_named(field, value, kind):
    with pytest.raises(TypeError, match=f"^{field} must be a {kind}, got "):
        dataclasses.replace(DESCRIPTION, **{field: value})


def test_the_same_run_may_be_continued_by_another_version():
    DESCRIPTION.check_same(dataclasses.replace(DESCRIPTION, dlcourse="2.0.0"), Path("run"))


def test_changed_data_are_refused_where_their_checksum_is_known():
    begun = dataclasses.replace(DESCRIPTION, data="my/pets", data_digest="ab12")
    begun.check_same(begun, Path("run"))
    changed = dataclasses.replace(begun, data_digest="cd34")
    said = "^my/pets has changed since the run in run was started: restore the data, or choose"
    with pytest.raises(CheckpointError, match=said):
        begun.check_same(changed, Path("run"))
    from_before = dataclasses.replace(begun, data_digest="")
    from_before.check_same(changed, Path("run"))


def test_a_run_from_before_may_lack_facts():
    known = {**DESCRIPTION.about, "ground": "dark"}
    DESCRIPTION.check_same(dataclasses.replace(DESCRIPTION, about=known), Path("run"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"model": "mlp"}, "model cnn, not mlp"),
        ({"data": "mnist"}, "data digits, not mnist"),
        ({"origin": "runs/b"}, "origin , not runs/b"),
        ({"origin_sha256": "ab"}, "origin sha256 , not ab"),
        ({"is_frozen": True}, "is frozen False, not True"),
        ({"options": {"width": 32}}, "width 16, not 32"),
        ({"options": {}}, "width 16, not None"),
        ({"about": {"image_shape": [3, 8, 8]}}, r"image shape \[1, 8, 8\], not \[3, 8, 8\]"),
    ],
)
def test_another_run_is_refused_with_both_values(changes, said):
    other = dataclasses.replace(DESCRIPTION, **changes)
    with pytest.raises(CheckpointError, match=f"^the run in runs/a has {said}: choose another"):
        DESCRIPTION.check_same(other, Path("runs/a"))
