"""Which card of the glossary comes next, and what is kept of the answers."""

import pytest
from widgets import ask_widget

FILE = "glossary/glossary_cards.js"
IDS = ["loss", "bias", "epoch", "batch", "constructor"]


def ask(*call):
    """Return the result of one call."""
    (result,) = ask_widget(FILE, [list(call)])
    return result


@pytest.mark.parametrize(
    ("states", "last", "card"),
    [
        ({}, None, "loss"),
        ({"loss": "known"}, "loss", "bias"),
        ({"loss": "again"}, "loss", "bias"),  # the card does not follow itself
        ({"loss": "again", "bias": "known"}, "bias", "loss"),  # before the new ones
        ({"bias": "again", "loss": "again"}, "loss", "bias"),  # the older one of two
        ({"bias": "again", "loss": "again"}, "bias", "loss"),
        ({"gone": "again"}, None, "loss"),  # an entry that the glossary no longer has
        (dict.fromkeys(IDS[:-1], "known"), "loss", "constructor"),  # a name that objects have
        (dict.fromkeys(IDS[1:], "known"), "loss", "loss"),  # no other is left
        (dict.fromkeys(IDS[1:], "known") | {"loss": "again"}, "loss", "loss"),
    ],
)
def test_what_was_not_known_comes_first_and_no_card_twice_in_a_row(states, last, card):
    assert ask("nextCard", IDS, states, last) == card


def test_no_card_is_left_once_all_are_known():
    call = ["nextCard", IDS, dict.fromkeys(IDS, "known"), "loss"]
    assert ask("count", IDS, call[2], "known") == len(IDS)
    assert ask_widget(FILE, [call]) == [None]


def test_a_judged_card_becomes_the_last_one():
    states = {"loss": "again", "bias": "again"}
    assert list(ask("judge", states, "loss", "again").items()) == [
        ("bias", "again"),
        ("loss", "again"),
    ]
    assert ask("judge", states, "bias", "known") == {"loss": "again", "bias": "known"}
    assert ask("judge", {}, "epoch", "known") == {"epoch": "known"}


def test_a_learner_who_needs_each_card_twice_gets_through_all():
    ids = IDS[:3]
    states = {}
    card = None
    seen = []
    for _ in range(4 * len(ids)):
        card = ask("nextCard", ids, states, card)
        if card is None:
            break
        seen.append(card)
        states = ask("judge", states, card, "known" if seen.count(card) == 2 else "again")
    assert sorted(seen) == sorted(2 * ids)
    assert states == dict.fromkeys(ids, "known")


def test_cards_are_arranged_by_the_numbers_that_are_drawn_for_them():
    assert ask("arrange", IDS, [0.5, 0.1, 0.9, 0.2, 0.4]) == [IDS[i] for i in (1, 3, 4, 0, 2)]
