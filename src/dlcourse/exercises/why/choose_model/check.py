"""Check why/choose_model."""

import random
from itertools import product

from dlcourse.exercises.checking import expect

MESSAGES = {
    "another word": "choose(...) returns {got}, expected simple, trees, linear, pretrained, "
    "network or collect.",
    "it is good enough": "You return {got}, expected simple: the simple model is correct for "
    "{simple}%, and {needed}% are needed. Why look for more?",
    "not good enough": "You return {got}, expected {expected}: the simple model is correct for "
    "{simple}%, and {needed}% are needed.",
    "a table": "You return {got}, expected {expected}: the columns of this table have a meaning. "
    "Trees were ahead of networks on most such tables.",
    "it must explain": "You return {got}, expected linear: a person must follow each decision on "
    "this table, and nobody can follow hundreds of trees.",
    "nothing to explain": "You return {got}, expected trees: nobody has to follow the decisions on "
    "this table, and trees leave out useless columns.",
    "others have learned it": "You return {got}, expected pretrained: a network has learned "
    "similar data, so you need not begin from nothing.",
    "nothing similar was learned": "You return {got}, expected {expected}: no network has learned "
    "similar data.",
    "not a table": "You return {got}, expected {expected}: these examples are not rows of a table "
    "whose columns have a meaning.",
    "many examples with neighbors": "You return {got}, expected network: there are {examples} "
    "examples, and a network can use that they have neighbors or an order.",
    "few examples": "You return {got}, expected collect: {examples} examples are too few for a "
    "network that starts from nothing.",
    "no structure": "You return {got}, expected collect: the examples have neither neighbors nor "
    "an order, so a network has no structure to use.",
}
WORDS = ("simple", "trees", "linear", "pretrained", "network", "collect")
FLAGS = ("table", "explain", "similar", "neighbors")


def find_right(case):
    """Return the answer of the chart."""
    if case["simple"] >= case["needed"]:
        return "simple"
    if case["table"]:
        return "linear" if case["explain"] else "trees"
    if case["similar"]:
        return "pretrained"
    return "network" if case["neighbors"] and case["examples"] >= 1000 else "collect"


def find_cause(case, got, expected):
    """Return the key of the message for a wrong answer."""
    causes = {
        "simple": "it is good enough",
        "pretrained": "others have learned it",
        "network": "many examples with neighbors",
        "collect": "few examples" if case["examples"] < 1000 else "no structure",
    }
    if expected != "simple" and got == "simple":
        return "not good enough"
    if expected in ("trees", "linear"):
        if got not in ("trees", "linear"):
            return "a table"
        return "it must explain" if case["explain"] else "nothing to explain"
    if expected != "simple" and got in ("trees", "linear"):
        return "not a table"
    if expected in ("network", "collect") and got == "pretrained":
        return "nothing similar was learned"
    return causes[expected]


def look(learner, case):
    """Compare the answer for one case."""
    got = learner.choose(dict(case))
    expect(isinstance(got, str) and got in WORDS, "another word", got=got)
    expected = find_right(case)
    numbers = {name: case[name] for name in ("simple", "needed", "examples")}
    is_right = got == expected
    expect(is_right, find_cause(case, got, expected), got=got, expected=expected, **numbers)


def check(learner, generator: random.Random) -> None:
    """Go through the chart with all combinations of the answers."""
    case = {"simple": 97, "needed": 95, "table": False, "explain": False}
    case |= {"similar": True, "examples": 5000, "neighbors": True}
    look(learner, case)
    look(learner, {**case, "simple": 95})
    cases = []
    for values in product([True, False], repeat=len(FLAGS)):
        flags = dict(zip(FLAGS, values, strict=True))
        needed = generator.randint(60, 95)
        numbers = {"simple": needed - generator.randint(1, 20), "needed": needed}
        for examples in (generator.randint(10, 998), 999, 1000, generator.randint(1001, 90_000)):
            cases.append({**numbers, **flags, "examples": examples})
        good = min(needed + generator.randint(0, 9), 100)
        cases.append({**cases[-1], "simple": good})
    generator.shuffle(cases)
    for one in cases:
        look(learner, one)
