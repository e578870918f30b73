"""Check applications/cards."""

import random
import re

from dlcourse.exercises.checking import expect, expect_list

MESSAGES = {
    "not a dictionary": "Card {number} is {got}, expected a dictionary.",
    "a key is missing": "Card {number} has no key “{field}”: a card has eight keys.",
    "not a text": "The {field} of card {number} is {got}, expected a text.",
    "a field is empty": "The {field} of card {number} is empty.",
    "a training set-up": "Card {number} has the architecture “{got}”, which is a training set-up. "
    "Which network is trained in this way: MLP, CNN, RNN or transformer?",
    "another architecture": "Card {number} has the architecture “{got}”, expected MLP, CNN, RNN or "
    "transformer.",
    "another paradigm": "The paradigm of card {number} is “{got}”: begin with supervised, "
    "self-supervised or reinforcement.",
    "no teacher": "The paradigm of card {number} is “{got}”: who says what is correct? Name the "
    "teacher behind a colon.",
    "no year": "The source of card {number} is “{got}”: name authors and year, such as "
    "Esteva et al. (2017).",
    "input and output alike": "On card {number} input and output are both “{got}”: what does the "
    "program add?",
    "not a reason": "Card {number} says why: “{got}”. What is hard for rules or for a simpler "
    "model there? Write at least four words, and more than “better”.",
    "the same reason twice": "Cards {number} and {other} give the same reason, “{got}”: what is "
    "special about each of them?",
    "the same application twice": "Cards {number} and {other} are both about “{got}”.",
}
FIELDS = [
    "application",
    "input",
    "output",
    "paradigm",
    "architecture",
    "why",
    "risk",
    "source",
]
ARCHITECTURES = ["MLP", "CNN", "RNN", "transformer"]
SET_UPS = ["gan", "diffusion", "autoencoder"]
PARADIGMS = ("supervised", "self-supervised", "reinforcement")


def look_at_texts(card, number: int) -> None:
    """Stop unless the card has eight texts."""
    expect(isinstance(card, dict), "not a dictionary", number=number, got=card)
    for field in FIELDS:
        expect(field in card, "a key is missing", number=number, field=field)
        text = card[field]
        expect(isinstance(text, str), "not a text", number=number, field=field, got=text)
        expect(bool(text.strip()), "a field is empty", number=number, field=field)


def look_at_card(card: dict[str, str], number: int) -> None:
    """Stop at the first field that says something else than was asked."""
    architecture = card["architecture"]
    shown = {"number": number, "got": architecture}
    expect(architecture.lower() not in SET_UPS, "a training set-up", **shown)
    expect(architecture in ARCHITECTURES, "another architecture", **shown)
    paradigm = card["paradigm"].strip()
    shown = {"number": number, "got": paradigm}
    expect(paradigm.lower().startswith(PARADIGMS), "another paradigm", **shown)
    words = re.findall(r"[\w-]+", paradigm)
    expect(len(words) > 1, "no teacher", **shown)
    source = card["source"]
    has_year = re.search(r"[^\W\d].*\b(1[89]|20)\d\d\b", source)
    expect(bool(has_year), "no year", number=number, got=source)
    is_alike = card["input"].strip().lower() == card["output"].strip().lower()
    expect(not is_alike, "input and output alike", number=number, got=card["input"])
    why = card["why"]
    words = re.findall(r"[\w-]+", why.lower())
    is_empty_praise = "better" in words and len(words) < 8
    is_reason = len(words) >= 4 and not is_empty_praise
    expect(is_reason, "not a reason", number=number, got=why)


def check(learner, generator: random.Random) -> None:
    """Look at each card, then compare the cards."""
    cards = learner.cards()
    expect_list(cards, 3, "cards()")
    for number, card in enumerate(cards, start=1):
        look_at_texts(card, number)
    for number, card in enumerate(cards, start=1):
        look_at_card(card, number)
    for first, second in [(1, 2), (1, 3), (2, 3)]:
        one = cards[first - 1]
        two = cards[second - 1]
        shown = {"number": first, "other": second}
        is_same = one["application"].strip().lower() == two["application"].strip().lower()
        expect(not is_same, "the same application twice", got=one["application"], **shown)
        is_same = one["why"].strip().lower() == two["why"].strip().lower()
        expect(not is_same, "the same reason twice", got=one["why"], **shown)
