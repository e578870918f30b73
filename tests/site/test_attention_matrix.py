"""The table of attention weights in the page: its numbers are those of its snippet and PyTorch."""

import itertools
import runpy
from pathlib import Path

import pytest
import torch
from node import ask_node

SNIPPET = Path(__file__).resolve().parents[2] / "snippets" / "attention" / "reads_from.py"
SETTINGS = [
    {"temperature": temperature, "mask": mask, "positions": positions}
    for temperature, mask, positions in itertools.product(
        [0.2, 1.0, 2.3, 5.0], [False, True], [False, True]
    )
]


@pytest.fixture(scope="module")
def of_page():
    """Return what the page's code computes, run by Node."""
    return ask_node("run_attention_weights.mjs", SETTINGS)


@pytest.fixture(scope="module")
def snippet():
    return runpy.run_path(str(SNIPPET))


def test_weights_are_those_of_pytorch_for_the_numbers_of_the_snippet(of_page, snippet):
    assert of_page["text"] == snippet["text"]
    letters = torch.tensor([snippet["letters"][letter] for letter in snippet["text"]])
    for setting, table in zip(SETTINGS, of_page["tables"], strict=True):
        x = letters + snippet["positions"] if setting["positions"] else letters
        # PyTorch's own function gives the weights where the values are one-hot rows
        weights = torch.nn.functional.scaled_dot_product_attention(
            x.unsqueeze(0),
            x.unsqueeze(0),
            torch.eye(7).unsqueeze(0),
            is_causal=setting["mask"],
            scale=1 / (2 * setting["temperature"]),
        )
        torch.testing.assert_close(torch.tensor(table), weights[0], rtol=1e-5, atol=1e-6)


def test_what_the_page_says_to_look_for_is_there(of_page):
    tables = {tuple(s.values()): t for s, t in zip(SETTINGS, of_page["tables"], strict=True)}
    for temperature in [0.2, 1.0, 2.3, 5.0]:
        # The rows of both k are equal; the mask and the positions each make them differ
        assert tables[temperature, False, False][0] == tables[temperature, False, False][4]
        assert tables[temperature, True, False][0] != tables[temperature, True, False][4]
        assert tables[temperature, False, True][0] != tables[temperature, False, True][4]
        near = tables[temperature, False, True]
        assert near[0][0] > near[0][4]
        assert near[4][4] > near[4][0]
        for positions in [False, True]:
            free = tables[temperature, False, positions]
            masked = tables[temperature, True, positions]
            assert masked[0] == [1, 0, 0, 0, 0, 0, 0]
            assert masked[6] == free[6]
            assert all(row != other for row, other in zip(masked[:6], free[:6], strict=True))
    # At the lowest temperature the largest score of a row takes almost all: both k where they tie
    for row in tables[0.2, False, True] + tables[0.2, False, False]:
        largest = [weight for weight in row if weight > 0.99 * max(row)]
        assert sum(largest) > 0.99
    # The higher the temperature, the more equal the weights of a row
    highest = [max(tables[t, False, True][2]) for t in [0.2, 1.0, 2.3, 5.0]]
    assert highest == sorted(highest, reverse=True)


def test_a_row_is_told_in_a_sentence(of_page):
    sentences = of_page["sentences"][
        SETTINGS.index({"temperature": 1.0, "mask": True, "positions": False})
    ]
    assert sentences[0] == "Place 1 (k) reads: 1.00 from place 1 (k). Its 7 weights add up to 1.00."
    assert sentences[4] == (
        "Place 5 (k) reads most: 0.44 from place 1 (k), 0.44 from place 5 (k), "
        "0.06 from place 2 (r). Its 7 weights add up to 1.00."
    )
