"""The text and the trigram model that networks of characters are compared with."""

import pytest
import torch
from python_sources import count, measure, smooth, trigram_bits, write_python_sources

from dlcourse.data.text import TextData

CPU = torch.device("cpu")


def test_the_text_is_python_of_the_length_that_is_asked_for(tmp_path):
    path = write_python_sources(tmp_path / "library.txt", 50_000)
    text = path.read_text()
    assert len(text) == 50_000
    assert "\ndef " in text
    assert path.read_text() == write_python_sources(tmp_path / "again.txt", 50_000).read_text()


def test_counts_are_those_of_characters_pairs_and_triples():
    singles, pairs, triples = count(torch.tensor([0, 1, 0, 1, 1]), 2)
    assert singles.tolist() == [2, 3]
    assert pairs.tolist() == [[0, 2], [1, 1]]
    assert triples.tolist() == [[[0, 0], [1, 1]], [[0, 1], [0, 0]]]


def test_probabilities_add_up_to_1_and_follow_the_counts():
    ids = torch.randint(4, (200,), generator=torch.Generator().manual_seed(0))
    probabilities = smooth(*count(ids, 5), 0.5)  # character 4 never occurs
    torch.testing.assert_close(probabilities.sum(dim=-1), torch.ones(5, 5).double())
    assert (probabilities > 0).all()
    assert (probabilities[..., 4] < 0.1).all()


def test_a_text_of_two_letters_in_turn_costs_almost_nothing():
    ids = torch.tensor([0, 1] * 500, dtype=torch.uint8)
    assert trigram_bits(TextData("ab", ids, ids, ids)) < 0.01


def test_a_uniform_choice_costs_its_bits():
    ids = torch.randint(8, (500,))
    assert measure(torch.full((8, 8, 8), 1 / 8), ids) == pytest.approx(3)
