"""The home page: its first network over several seeds, and each chapter's row in the scoreboard."""

import re
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "index.md").read_text("utf-8")
SHOWN = re.findall(
    r'^--8<-- "(\w+)/digit_reader\.out"$', PAGE.partition("{ #scoreboard }")[2], re.MULTILINE
)
# at most 45 letters, of which a phone of 390 pixels shows all without scrolling
ROW = re.compile(r"(?P<name>.{22}) *(?P<right>[\d.]+) % *(?P<moved>[\d.]+) % moved")


def test_nine_neurons_learn_xor_from_any_start(seed):
    source = (ROOT / "snippets" / "home" / "first_contact.py").read_text("utf-8")
    assert source.count("manual_seed(0)") == 1
    names: dict = {"print": lambda *_: None, "torch": torch}
    exec(source.replace("manual_seed(0)", f"manual_seed({seed})"), names)
    assert names["num_correct"] == 4


def rows() -> dict[str, list[tuple[float, float]]]:
    """Return percent right, as they are and moved, of the rows of each chapter."""
    table = {}
    for chapter in SHOWN:
        lines = (ROOT / "snippets" / chapter / "digit_reader.out").read_text("utf-8").splitlines()
        found = [ROW.fullmatch(line) for line in lines]
        assert all(found), f"{chapter}: a row of another form"
        table[chapter] = [(float(row["right"]), float(row["moved"])) for row in found if row]
    return table


def test_scoreboard_shows_every_chapter_that_has_a_reader_in_the_order_of_the_course():
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:")[1]
    chapters = re.findall(r"([a-z]+)/index\.md", nav)
    with_reader = {path.parent.name for path in ROOT.glob("snippets/*/digit_reader.out")} - {"home"}
    assert [chapter for chapter in chapters if chapter in with_reader] == SHOWN


def test_each_row_is_explained_with_a_link_to_where_it_is_computed():
    linked = re.findall(r"^ +\d+\. \[[^\]]+\]\((\w+)/index\.md#digit-reader\)", PAGE, re.MULTILINE)
    assert linked == SHOWN


def test_ten_neurons_do_well_later_care_adds_little_and_moved_no_reader_gets_half():
    table = rows()
    assert table["overview"][0][0] < 15  # one of ten digits, nearly equally frequent
    assert table["network"][0][0] < 15
    assert 85 < table["why"][0][0] < table["neuron"][0][0] < table["training"][0][0]
    assert table["neuron"] == table["tensors"]  # the same ten neurons
    assert table["neuron"][0][0] > 95
    assert (
        max(right for chapter in table.values() for right, _ in chapter) < table["neuron"][0][0] + 2
    )
    no_bend, bend = (right for right, _ in table["activations"])
    assert no_bend <= table["neuron"][0][0] < bend
    assert all(moved < 50 for chapter in table.values() for _, moved in chapter)
