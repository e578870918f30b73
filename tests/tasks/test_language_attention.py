import pytest
import torch
from matplotlib.figure import Figure

from dlcourse.data.text import TextData
from dlcourse.errors import UsageError
from dlcourse.tasks import language_attention
from dlcourse.tasks.language_attention import AttentionLanguage, draw_attention

CPU = torch.device("cpu")
SMALL = {"context": 5, "embedding_features": 8, "num_layers": 2, "num_heads": 4}
ABOUT = {"vocabulary": "\nabc"}


@pytest.fixture
def family():
    return AttentionLanguage("gpt", SMALL)


def make_text():
    ids = torch.tensor([0, 1, 2, 3] * 10, dtype=torch.uint8)
    return TextData(ABOUT["vocabulary"], ids, ids, ids)


def test_the_context_of_the_windows_is_that_of_the_network(family):
    network = family.build(ABOUT)
    assert network.context == 5
    assert family.example_inputs(ABOUT).shape == (1, 5)
    batches = family.make_batches(make_text(), "test", CPU)
    assert {characters.shape[1] for characters, _ in batches} == {5}
    assert network(family.example_inputs(ABOUT)).shape == (1, 5, 4)
    assert len(network.blocks) == 2


def test_a_sample_is_longer_than_the_context(family):
    network = family.build(ABOUT)
    text = family.sample(network, ABOUT, torch.Generator(), prompt="abcabcabc", length=20)
    assert len(text) == 29
    # Only the last 5 characters are read, so what was before them changes nothing.
    other = family.sample(network, ABOUT, torch.Generator(), prompt="cccccabc", length=20)
    short = family.sample(network, ABOUT, torch.Generator(), prompt="ccabc", length=20)
    assert other[8:] == short[5:]


def test_heads_that_do_not_fit_are_refused_with_a_remedy_that_works():
    family = AttentionLanguage("gpt", {**SMALL, "num_heads": 3})
    with pytest.raises(UsageError) as caught:
        family.build(ABOUT)
    assert str(caught.value) == (
        "num_heads must divide embedding_features, got 3 and 8: write for example --set num_heads=1"
    )
    AttentionLanguage("gpt", {**SMALL, "num_heads": 1}).build(ABOUT)


def test_the_recipe_is_for_every_text(family):
    assert family.find_recipe("novel.txt") == family.recipes["gpt", "course"]


def test_the_figure_shows_the_weights_of_the_first_test_characters(family, tmp_path, monkeypatch):
    network = family.build(ABOUT)
    shown = []
    monkeypatch.setattr(language_attention, "draw_attention", lambda *given: shown.append(given))
    assert family.draw_figures(network, make_text(), CPU, tmp_path) == [tmp_path / "attention.png"]
    ((maps, characters, path),) = shown
    assert characters == ["\n", "a", "b", "c", "\n"]
    expected = network.attention_maps(torch.tensor([[0, 1, 2, 3, 0]]))[:, 0]
    assert torch.equal(maps, expected)
    assert path == tmp_path / "attention.png"


def test_each_block_is_a_row_and_each_head_a_column(tmp_path, monkeypatch):
    figures = []
    monkeypatch.setattr(
        "dlcourse.tasks.figure_files.save_figure", lambda figure, path: figures.append(figure)
    )
    maps = torch.rand(2, 3, 4, 4).tril()
    draw_attention(maps, ["a", "\n", "$", " "], tmp_path / "attention.png")
    (figure,) = figures
    assert isinstance(figure, Figure)
    titles = [axes.get_title() for axes in figure.axes]
    assert titles == [f"block {row}, head {column}" for row in (1, 2) for column in (1, 2, 3)]
    for place, axes in enumerate(figure.axes):
        shown = torch.tensor(axes.images[0].get_array())
        assert torch.equal(shown, maps.flatten(0, 1)[place])
        assert [text.get_text() for text in axes.get_xticklabels()] == ["a", "␣", "$", "␣"]


def test_the_figure_is_a_file(family, tmp_path):
    (path,) = family.draw_figures(family.build(ABOUT), make_text(), CPU, tmp_path)
    assert path.read_bytes().startswith(b"\x89PNG")
