import os
from pathlib import Path

import pytest

from dlcourse.data.folders import load_folder
from dlcourse.data.images import open_image
from dlcourse.data.published import Files
from dlcourse.data.text import load_text
from dlcourse.errors import CheckpointError, DataError, UsageError
from dlcourse.models.mlp import MLP
from dlcourse.paths import expand_path
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.starting_weights import start_from


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a folder that is the home folder, beside the folder where the test runs."""
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.delenv("DLCOURSE_DATA", raising=False)
    return home


def test_a_tilde_is_the_home_folder(home):
    assert expand_path("~") == str(home)
    assert expand_path("~/x/") == f"{home}/x/"
    assert expand_path(Path("~/x")) == str(home / "x")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no user root")
def test_a_tilde_with_a_name_is_the_home_folder_of_that_user():
    import pwd

    assert expand_path("~root/x") == f"{pwd.getpwnam('root').pw_dir}/x"


@pytest.mark.parametrize("path", ["x", "./~", "a/~/b", "x$HOME", "/", ".", "..", "a/", " ", "a\nb"])
def test_every_other_path_stays_as_it_is(home, path):
    assert expand_path(path) == path


@pytest.mark.parametrize("path", ["~no_such_user/x", "$HOME/x", "${HOME}", "$UNSET"])
def test_a_beginning_that_nothing_has_replaced_is_refused_unless_it_exists(home, path):
    first = Path(path).parts[0]
    with pytest.raises(UsageError, match="stands for no folder: write the full path") as it:
        expand_path(path)
    assert f"{path} begins with {first}," in str(it.value)
    Path(first).mkdir()
    assert expand_path(path) == path


def test_an_empty_path_is_refused():
    with pytest.raises(UsageError, match="a path is empty"):
        expand_path("")


def test_every_reader_of_a_path_expands_it(home, monkeypatch):
    files = Files("numbers", ("numbers.txt",), ("",), {})
    (home / "numbers.txt").write_text("1")
    assert files.find() is None
    assert files.find("~") == [home / "numbers.txt"]
    assert files.get("~", download=False) == [home / "numbers.txt"]
    with pytest.raises(DataError, match=f"into {home}/x, or allow"):
        files.get("~/x", download=False)
    monkeypatch.setenv("DLCOURSE_DATA", "~")
    assert files.find() == [home / "numbers.txt"]

    assert RunFolder("~/runs/x").path == home / "runs" / "x"
    assert RunFolder("~/runs/x").config == home / "runs" / "x" / "config.json"
    (home / "text.txt").write_text("abc " * 100)
    assert load_text("~/text.txt").vocabulary == " abc"
    for read in (load_folder, load_text, open_image):
        with pytest.raises(DataError, match=f"{home}/missing"):
            read("~/missing")
    with pytest.raises(CheckpointError, match=f"{home}/weights.pth gives no usable weights"):
        start_from("~/weights.pth", MLP(4), ["a", "b"], "class_names")
    assert os.listdir() == []
