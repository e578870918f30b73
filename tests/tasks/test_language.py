import math

import pytest
import torch
import torch.nn.functional as F

from dlcourse.data.text import TextData, load_text
from dlcourse.errors import DataError, UsageError
from dlcourse.tasks.language import NETWORKS, RECIPES, Language, draw
from dlcourse.training.config import TrainConfig

CPU = torch.device("cpu")
SMALL = {"context": 4, "hidden_features": 8, "embedding_features": 3}
ABOUT = {"vocabulary": "abcd"}


def make_text(vocabulary, ids):
    """Return a text whose parts are all the same ids."""
    part = torch.tensor(ids, dtype=torch.uint8)
    return TextData(vocabulary, part, part, part)


def predict_next(ids):
    """Stand in for a network: predicts the next letter of a b c d a b ..., with logits 2 and 0."""
    return 2.0 * F.one_hot((ids + 1) % 4, 4)


BATCH = (torch.tensor([[0, 1, 2], [3, 0, 1]]), torch.tensor([[1, 2, 3], [0, 1, 3]]))


# The loss and the figures


def test_the_loss_is_the_mean_over_all_characters():
    torch.manual_seed(0)
    family = Language("gru", SMALL)
    network = family.build(ABOUT)
    characters, next_characters = BATCH
    logits = network(characters)
    losses = []
    for row in range(2):
        for place in range(3):
            one = F.cross_entropy(logits[row, place], next_characters[row, place])
            losses.append(one.item())
    assert family.loss(network, BATCH).item() == pytest.approx(sum(losses) / 6)
    assert family.divisor(BATCH) == 6


def test_the_figures_are_those_of_a_character():
    family = Language("gru", SMALL)
    sums = family.measure(predict_next, BATCH)
    assert {name: divisor for name, (_, divisor) in sums.items()} == {
        "loss": 6,
        "bits_per_character": 6,
        "accuracy": 6,
    }
    figures = family.figures({name: (torch.as_tensor(a), b) for name, (a, b) in sums.items()})
    correct = math.log(math.exp(2) + 3) - 2  # 5 of 6 characters are predicted
    wrong = math.log(math.exp(2) + 3)
    assert figures["loss"] == pytest.approx((5 * correct + wrong) / 6)
    assert figures["bits_per_character"] == pytest.approx(figures["loss"] / math.log(2))
    assert figures["accuracy"] == pytest.approx(5 / 6)


def test_a_network_that_knows_nothing_needs_the_bits_of_a_uniform_choice():
    family = Language("gru", SMALL)
    sums = family.measure(lambda ids: torch.zeros(*ids.shape, 4), BATCH)
    total, divisor = sums["bits_per_character"]
    assert float(total) / divisor == pytest.approx(2)  # log2(4)


# Data


def test_an_unknown_name_is_refused_with_the_nearest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    family = Language("gru")
    for find in (family.check_data, family.load):
        with pytest.raises(UsageError, match=r"there is no text 'curse': did you mean course\?"):
            find("curse")
    with pytest.raises(DataError, match=r"there is no file novel\.txt"):
        family.load("novel.txt")
    with pytest.raises(DataError, match="there is no file"):
        family.load("./curse")
    family.check_data("novel.txt")  # the ending makes it a file, even if there is none yet
    family.check_data("./curse")
    (tmp_path / "curse").write_text("a file without an ending")
    assert family.load("curse").vocabulary == "".join(sorted(set("a file without an ending")))


def test_the_text_of_the_course_has_a_name():
    data = Language("gru").load("course")
    assert data.vocabulary == load_text().vocabulary
    assert torch.equal(data.train, load_text().train)


def test_ids_become_those_of_the_network():
    family = Language("gru")
    data = make_text("bd", [0, 1, 1])
    fitted = family.fit_data(data, ABOUT)
    assert fitted.vocabulary == "abcd"
    for part in (fitted.train, fitted.validation, fitted.test):
        assert part.tolist() == [1, 3, 3]
    same = make_text("abcd", [0, 1, 2, 3])
    assert family.fit_data(same, ABOUT) is same


def test_characters_that_the_network_has_not_seen_are_refused():
    with pytest.raises(UsageError) as caught:
        Language("gru").fit_data(make_text("axy", [0, 1, 2]), ABOUT)
    assert str(caught.value) == (
        "the text has characters that the network has not seen: ['x', 'y']: "
        "evaluate it on a text with the characters of its own text"
    )


def test_no_more_than_ten_unknown_characters_are_named():
    with pytest.raises(UsageError, match=r"'r', 's', 't'\]: evaluate"):
        Language("gru").fit_data(make_text("klmnopqrstu", list(range(11))), ABOUT)


def test_the_facts_are_the_vocabulary_and_the_summary_counts_characters():
    family = Language("gru", {"context": 5})
    parts = (torch.zeros(1200), torch.zeros(30), torch.zeros(20))
    data = TextData("ab", *parts, source="my/novel.txt")
    about = family.about(data)
    assert about == {"vocabulary": "ab"}
    assert family.summarize(data, about) == [
        "2 different characters; 1,200 to train in windows of 5, 30 to validate, 20 to test",
        "nothing was left out",
        "from my/novel.txt: 80% to train, the next 10% to validate, 10% to test",
    ]


def test_a_recipe_for_any_text_is_that_for_the_text_of_the_course():
    for model in NETWORKS:
        family = Language(model)
        assert family.find_recipe("novel.txt") == RECIPES[model, "course"]
        assert family.find_recipe("course") == RECIPES[model, "course"]


# Batches


def test_batches_are_windows_and_the_characters_after_each():
    family = Language("gru", {"context": 3})
    data = make_text("abcd", [0, 1, 2, 3] * 3)
    ((characters, next_characters),) = family.make_batches(data, "test", CPU)
    assert characters.tolist() == [[0, 1, 2], [3, 0, 1], [2, 3, 0]]
    assert next_characters.tolist() == [[1, 2, 3], [0, 1, 2], [3, 0, 1]]


def test_batches_for_training_follow_the_settings():
    family = Language("gru", {"context": 2})
    data = make_text("abcd", [0, 1, 2, 3] * 20)
    orders = {}
    for seed in (1, 2):
        config = TrainConfig(batch_size=8, seed=seed)
        batches = family.make_batches(data, "train", CPU, config)
        assert [len(characters) for characters, _ in batches] == [8] * 4 + [7]
        batches = family.make_batches(data, "train", CPU, config)
        orders[seed] = torch.cat([characters for characters, _ in batches])
    again = family.make_batches(data, "train", CPU, TrainConfig(batch_size=8, seed=1))
    assert torch.equal(torch.cat([characters for characters, _ in again]), orders[1])
    assert not torch.equal(orders[1], orders[2])


def test_a_text_is_not_augmented():
    data = make_text("abcd", [0, 1, 2, 3] * 30)
    with pytest.raises(ValueError, match=r"^augment must be empty for a text, got 'shift'$"):
        Language("gru").make_batches(data, "train", CPU, TrainConfig(augment="shift"))


def test_an_evaluation_has_windows_of_the_split_that_is_asked_for():
    family = Language("gru", {"context": 1})
    parts = [torch.tensor([number] * 102, dtype=torch.uint8) for number in (0, 1, 2)]
    data = TextData("abc", *parts)
    for number, split in enumerate(("train", "validation", "test")):
        batches = list(family.make_batches(data, split, CPU))
        assert [len(characters) for characters, _ in batches] == [100, 1]
        assert batches[0][0].unique().tolist() == [number]


def test_batches_are_on_the_device_that_is_given():
    data = make_text("abcd", [0, 1, 2, 3] * 30)
    batches = Language("gru").make_batches(data, "test", torch.device("meta"))
    assert batches.windows.device.type == "meta"


# Networks


@pytest.mark.parametrize("model", NETWORKS)
def test_a_network_gives_logits_for_each_place_of_a_window(model):
    family = Language(model, {**SMALL, "num_layers": 2})
    network = family.build(ABOUT)
    inputs = family.example_inputs(ABOUT)
    assert inputs.shape == (1, 4)
    assert network(inputs).shape == (1, 4, 4)
    assert network.recurrent.num_layers == 2
    assert network.recurrent.hidden_size == 8
    assert network.embedding.weight.shape == (4, 3)


# Samples


@pytest.fixture
def family():
    return Language("gru", SMALL)


def sample(family, network=predict_next, seed=0, about=ABOUT, **options):
    """Return a sample, drawn with a seed."""
    return family.sample(network, about, torch.Generator().manual_seed(seed), **options)


def test_a_sample_continues_the_prompt(family):
    assert sample(family, prompt="bc", length=6, temperature=0) == "bcdabcda"


def test_without_a_prompt_a_sample_begins_after_a_line_end_or_the_first_character(family):
    assert sample(family, length=3, temperature=0) == "bcd"
    about = {"vocabulary": "ab\nd"}
    assert sample(family, about=about, length=2, temperature=0) == "da"


def test_a_network_reads_no_more_characters_than_a_window_has(family):
    lengths = []

    def network(ids):
        lengths.append(ids.shape[1])
        return predict_next(ids)

    sample(family, network, prompt="ab", length=5)
    assert lengths == [2, 3, 4, 4, 4]


def test_the_same_seed_gives_the_same_text(family):
    assert sample(family, seed=1) == sample(family, seed=1)
    assert sample(family, seed=1) != sample(family, seed=2)
    assert len(sample(family)) == 300


def test_unknown_characters_in_the_prompt_are_named(family):
    with pytest.raises(UsageError) as caught:
        sample(family, prompt="aYXb")
    assert str(caught.value) == (
        "prompt has characters that the network has not seen: 'XY': "
        "use characters of the text that it was trained on"
    )


@pytest.mark.parametrize(("temperature", "expected"), [(0.5, 0.982), (1, 0.881), (2, 0.731)])
def test_the_temperature_divides_the_logits(temperature, expected):
    # Logits 2 and 0: the share of the first class is the sigmoid of 2 / temperature.
    logits = torch.tensor([2.0, 0.0])
    generator = torch.Generator().manual_seed(0)
    draws = [draw(logits, temperature, generator) for _ in range(4000)]
    assert draws.count(0) / 4000 == pytest.approx(expected, abs=0.02)  # three standard errors


def test_a_sample_is_drawn_at_a_temperature_of_08_unless_another_is_given(family):
    assert sample(family) == sample(family, temperature=0.8)
    assert sample(family) != sample(family, temperature=0.9)


def test_the_characters_are_drawn_by_the_generator_that_is_given(family):
    torch.manual_seed(1)
    first = sample(family)
    torch.manual_seed(2)
    assert sample(family) == first


def test_a_temperature_of_0_takes_the_likeliest():
    assert draw(torch.tensor([0.0, 3.0, 1.0]), 0, torch.Generator()) == 1
