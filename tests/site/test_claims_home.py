"""The home page: its first network, who wrote the digits, what to install, and the scoreboard."""

import ast
import re
import sys
from pathlib import Path

import torch
from torch import nn

from dlcourse.data import digits
from dlcourse.data.idx import read_idx

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


def test_the_four_lines_are_numbered_as_the_sentences_below_them():
    source = (ROOT / "snippets" / "home" / "first_contact.py").read_text("utf-8")
    numbered = re.findall(r"^    (.*?)  # (\d)$", source, re.MULTILINE)
    assert [number for _, number in numbered] == ["1", "2", "3", "4"]
    words = ("loss = ", "zero_grad", "backward", "step")
    assert all(word in line for word, (line, _) in zip(words, numbered, strict=True))
    listed = re.findall(r"^(\d)\. ", PAGE.partition("{ #promise }")[0], re.MULTILINE)
    assert listed == ["1", "2", "3", "4"]


def percent_wrong(order: torch.Tensor, seed: int) -> float:
    """Return the mean error of ten neurons on each fifth, trained on the other four."""
    folder = Path(digits.__file__).parent
    pixels = read_idx(folder / "digits-images-idx3-ubyte.gz", dimensions=3, remedy="")
    labels = read_idx(folder / "digits-labels-idx1-ubyte.gz", dimensions=1, remedy="").long()
    x = pixels.flatten(1).double() / 16
    total = 0.0
    for held_out in order.tensor_split(5):
        is_train = torch.ones(len(x), dtype=torch.bool)
        is_train[held_out] = False
        torch.manual_seed(seed)
        neurons = nn.Linear(64, 10).double()
        optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
        for _ in range(100):
            loss = nn.functional.cross_entropy(neurons(x[is_train]), labels[is_train])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        is_wrong = neurons(x[held_out]).argmax(dim=1) != labels[held_out]
        total += 100 * is_wrong.double().mean().item()
    return total / 5


def test_other_writers_cost_about_twice_as_many_errors(seed):
    """The files are in the order of the writers, so a fifth in this order has few of the others."""
    in_order = torch.arange(1797)
    mixed = torch.randperm(1797, generator=torch.Generator().manual_seed(seed))
    ratio = percent_wrong(in_order, seed) / percent_wrong(mixed, seed)
    assert 1.5 < ratio < 3


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
    assert imported - set(sys.stdlib_module_names) - packages == {"sklearn"}
    assert "`pip install scikit-learn`" in PAGE.partition("{ #install }")[2]


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
