"""The home page: its first network, what to install, and each chapter's row in the scoreboard."""

import ast
import math
import re
import sys
from pathlib import Path

import pytest
import torch

from dlcourse.data.digits import load_digits

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "index.md").read_text("utf-8")
SHOWN = re.findall(
    r'^--8<-- "(\w+)/digit_reader\.out"$', PAGE.partition("{ #scoreboard }")[2], re.MULTILINE
)
# Percent correct and one standard error, as they are and moved
SCORE = r"(?P<{0}> *[\d.]+)% ± (?P<{0}_error>[\d.]+)"
ROW = re.compile(rf"(?P<name>.{{22}}){SCORE.format('correct')}{SCORE.format('moved')}")


def test_nine_neurons_learn_xor_from_any_start(seed):
    source = (ROOT / "snippets" / "home" / "first_contact.py").read_text("utf-8")
    assert source.count("manual_seed(0)") == 1
    names: dict = {"print": lambda *_: None, "torch": torch}
    exec(source.replace("manual_seed(0)", f"manual_seed({seed})"), names)
    assert names["num_correct"] == 4


def test_the_four_lines_are_numbered_as_the_sentences_below_them():
    source = (ROOT / "snippets" / "home" / "first_contact.py").read_text("utf-8")
    numbered = re.findall(r"^    (.*?)  # (\d)$", source, re.MULTILINE)
    assert [number for _, number in numbered] == ["1", "2", "3", "4"]
    words = ("loss = ", "zero_grad", "backward", "step")
    assert all(word in line for word, (line, _) in zip(words, numbered, strict=True))
    listed = re.findall(r"^(\d)\. ", PAGE.partition("{ #promise }")[0], re.MULTILINE)
    assert listed == ["1", "2", "3", "4"]


def test_what_the_install_section_names_is_all_that_the_blocks_import():
    setup = (ROOT / "pyproject.toml").read_text("utf-8")
    needed = setup.partition("\ndependencies = [")[2].partition("\n]")[0]
    packages = set(re.findall(r'^    "([\w-]+)>', needed, re.MULTILINE)) | {"dlcourse"}
    imported = set()
    for path in ROOT.glob("snippets/*/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).split(".")[0])
    packages |= {"PIL"}  # as pillow is called in Python
    assert imported - set(sys.stdlib_module_names) - packages == {"sklearn", "keras"}
    install = PAGE.partition("{ #install }")[2]
    assert "`pip install scikit-learn`" in install
    assert "(keras/index.md#back-end)" in install


def matches() -> dict[str, list[re.Match[str]]]:
    """Return the rows of each chapter."""
    table = {}
    for chapter in SHOWN:
        lines = (ROOT / "snippets" / chapter / "digit_reader.out").read_text("utf-8").splitlines()
        found = [ROW.fullmatch(line) for line in lines]
        assert all(found), f"{chapter}: a row of another form"
        table[chapter] = [row for row in found if row]
    return table


def rows() -> dict[str, list[tuple[float, float]]]:
    """Return percent correct, as they are and moved, of the rows of each chapter."""
    return {
        chapter: [(float(row["correct"]), float(row["moved"])) for row in found]
        for chapter, found in matches().items()
    }


def test_each_row_has_the_standard_error_of_its_share():
    """The four copies of an image are not independent, so the moved ones count once."""
    num_images = len(load_digits().test)
    for found in matches().values():
        for row in found:
            for column in ("correct", "moved"):
                p = float(row[column]) / 100
                error = 100 * math.sqrt(p * (1 - p) / num_images)
                assert float(row[f"{column}_error"]) == pytest.approx(error, abs=0.06)


def test_heading_stands_over_the_rows():
    heading = re.search(r"^classifier .*$", PAGE, re.MULTILINE)
    assert heading
    row = matches()["neuron"][0][0]
    signs = [place for place, sign in enumerate(row) if sign == "±"]
    assert [place for place, sign in enumerate(heading[0]) if sign == "±"] == signs
    assert len(heading[0]) <= len(row)


def test_scoreboard_shows_every_chapter_that_has_a_classifier_in_the_order_of_the_course():
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:")[1]
    chapters = re.findall(r"([a-z]+)/index\.md", nav)
    with_row = {path.parent.name for path in ROOT.glob("snippets/*/digit_reader.out")} - {"home"}
    assert [chapter for chapter in chapters if chapter in with_row] == SHOWN


def test_each_row_is_explained_with_a_link_to_where_it_is_computed():
    linked = re.findall(r"^ +\d+\. \[[^\]]+\]\((\w+)/index\.md#digit-reader\)", PAGE, re.MULTILINE)
    assert linked == SHOWN


def test_first_column_hardly_grows_after_ten_neurons():
    table = rows()
    assert table["overview"][0][0] < 15  # one of ten digits, nearly equally frequent
    assert table["network"][0][0] < 15
    ten_neurons = table["neuron"][0][0]
    assert ten_neurons > 95
    assert table["neuron"] == table["tensors"]  # the same ten neurons
    assert 85 < table["why"][0][0] < ten_neurons
    linear, tanh = (correct for correct, _ in table["activations"])
    assert linear <= ten_neurons < tanh
    for correct in (tanh, table["training"][0][0], table["generalization"][0][0]):
        assert 1 <= round(correct - ten_neurons, 1) <= 3


def drawn_row() -> tuple[float, float]:
    """Return percent correct of the last row, as they are and moved."""
    lines = re.findall(r'^--8<-- "(.*)"$', PAGE.partition("{ #scoreboard }")[2], re.MULTILINE)
    last = lines[len(SHOWN)]  # behind the rows of the chapters
    assert last == "home/drawn_digit.out"
    row = ROW.fullmatch((ROOT / "snippets" / last).read_text("utf-8").rstrip("\n"))
    assert row
    for column in ("correct", "moved"):
        p = float(row[column]) / 100
        error = 100 * math.sqrt(p * (1 - p) / len(load_digits().test))
        assert float(row[f"{column}_error"]) == pytest.approx(error, abs=0.06)
    return float(row["correct"]), float(row["moved"])


def test_reading_test_images_as_drawings_costs_some_and_a_move_costs_less():
    correct, moved = drawn_row()
    cnn, cnn_moved = rows()["generalization"][0]
    assert correct < cnn - 3  # two standard errors of the row
    assert correct - moved < cnn - cnn_moved - 6  # two standard errors of such a difference


def test_no_classifier_of_fixed_pixels_gets_half_of_the_moved_images():
    table = rows()
    cnn, cnn_moved = (moved for _, moved in table.pop("generalization"))
    ((_, centered_moved),) = table.pop("beyond")
    assert all(moved < 50 for chapter in table.values() for _, moved in chapter)
    assert 50 < cnn < centered_moved < cnn_moved
