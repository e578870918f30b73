"""The mathematics of <coin-corridor>, beside the programs of the page."""

import contextlib
import io
import runpy
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from widgets import ask_widget

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets" / "reinforcement"
FILE = "reinforcement/coin_corridor.js"
COINS = (0, 0.1, 0.5, 1, 2, 3)
DISCOUNTS = (0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99)
SETTINGS = list(product(DISCOUNTS, COINS))  # 60


@pytest.fixture(scope="module")
def snippet():
    """Return the names of the page's program for value iteration."""
    with contextlib.redirect_stdout(io.StringIO()):
        return runpy.run_path(str(SNIPPETS / "values.py"))


def find_values(settings):
    """Return what the widget computes for each setting: [left, right] for each cell."""
    return ask_widget(FILE, [["findValues", *setting] for setting in settings])


def walks(settings):
    """Return the cells of the agent for each setting, as the widget shows them."""
    values = find_values(settings)
    actions = ask_widget(FILE, [["bestActions", found] for found in values])
    return ask_widget(FILE, [["walk", found] for found in actions])


def border(discount):
    """Return the coin that is worth as much as the goal, by the page's formula."""
    return 10 * discount**2 * (1 - discount**2)


def test_the_values_and_the_best_actions_are_those_of_the_program(snippet):
    values = find_values(SETTINGS)
    actions = ask_widget(FILE, [["bestActions", found] for found in values])
    for setting, found, arrows in zip(SETTINGS, values, actions, strict=True):
        q = snippet["find_values"](*setting)
        expected = np.array([[q[state, -1], q[state, 1]] for state in range(6)])
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)  # float64 on both sides
        differences = expected[:, 1] - expected[:, 0]
        signs = np.where(np.abs(differences) < 1e-9, 0, np.sign(differences))
        np.testing.assert_array_equal(arrows, signs)


def test_the_agent_follows_the_best_actions_by_the_rules_of_the_program(snippet):
    for setting, path in zip(SETTINGS, walks(SETTINGS), strict=True):
        q = snippet["find_values"](*setting)
        assert path[0] == 0
        for state, cell in pairwise(path):
            action = 1 if q[state, 1] - q[state, -1] > 1e-9 else -1
            next_state, _, is_over = snippet["step"](state, action, setting[1])
            assert (cell, cell == 6) == (next_state, is_over)
        assert path[-1] == 6 or len(path) == 17  # 16 steps


def test_the_rewards_are_those_of_the_program(snippet):
    cases = list(product(range(7), COINS))
    rewards = ask_widget(FILE, [["rewardOf", *case] for case in cases])
    for (cell, coin), reward in zip(cases, rewards, strict=True):
        assert reward == snippet["step"](cell - 1, 1, coin)[1]


def test_the_agent_arrives_where_the_formula_says():
    # Each coin of the slider, and each third of its discounts
    settings = [(i / 100, coin / 10) for i in range(10, 100, 3) for coin in range(31)]
    for (discount, coin), path in zip(settings, walks(settings), strict=True):
        assert (path[-1] == 6) == (coin < border(discount))
    nearest = min(abs(coin / 10 - border(i / 100)) for i in range(10, 100) for coin in range(31))
    assert nearest > 1e-5  # no setting of the sliders is a tie


def test_the_agent_arrives_where_the_table_of_the_page_says():
    head, *rows = (SNIPPETS / "trap.out").read_text("utf-8").splitlines()
    discounts = [float(word) for word in head.split()[1:]]
    words = {}
    for row in rows:
        _, coin, *answers = row.split()
        for discount, answer in zip(discounts, answers, strict=True):
            words[discount, float(coin)] = answer
    assert len(words) == 24
    for (setting, word), path in zip(words.items(), walks(list(words)), strict=True):
        assert (path[-1] == 6) == (word == "arrives"), setting
    half = [discount for (discount, coin), word in words.items() if coin == 0.5 and word[0] == "c"]
    assert half == [0.99]
