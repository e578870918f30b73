"""Check attention/causal_mask."""

import random

from dlcourse.exercises.checking import expect, expect_list

MESSAGES = {
    "not true or false": "causal_mask({queries}, {keys}) contains {got}, expected True or False.",
    "the first places": "causal_mask({queries}, {keys}) has the first row {got}, expected "
    "{expected}: your queries are the first places of the text, not the last ones.",
    "the future is seen": "causal_mask({queries}, {keys}) has the first row {got}, expected "
    "{expected}: it shows the later places and hides the earlier ones.",
    "no place sees itself": "causal_mask({queries}, {keys}) has the first row {got}, expected "
    "{expected}: a place sees itself as well.",
    "one place too far": "causal_mask({queries}, {keys}) has the first row {got}, expected "
    "{expected}: each place sees the next one, which it has to predict.",
    "everything is seen": "causal_mask({queries}, {keys}) has the first row {got}, expected "
    "{expected}: nothing is hidden.",
    "keys and queries are swapped": "causal_mask({queries}, {keys}) has {got} rows, expected "
    "{expected}: one for each query.",
    "a wrong row": "Row {row} of causal_mask({queries}, {keys}) is {got}, expected {expected}.",
    "shared rows": "Two rows of your result are the same list, so a change of one changes the "
    "other. Make a new list for each row.",
}


def make(num_queries, num_keys, first, extra=0):
    """Return a mask whose first query stands at a place; extra: how much further it sees."""
    rows = []
    for query in range(num_queries):
        rows.append([key <= first + query + extra for key in range(num_keys)])
    return rows


def compare(learner, queries, keys):
    """Compare one mask with those of known mistakes."""
    got = learner.causal_mask(queries, keys)
    expect_list(got, len(got) if isinstance(got, list) else 0, f"causal_mask({queries}, {keys})")
    is_swapped = len(got) == keys != queries and all(
        isinstance(row, list) and len(row) == queries for row in got
    )
    shown = {"queries": queries, "keys": keys}
    sizes = {"got": len(got), "expected": queries}
    expect(not is_swapped, "keys and queries are swapped", **shown, **sizes)
    expect_list(got, queries, f"causal_mask({queries}, {keys})")
    for row in got:
        expect_list(row, keys, "a row of the mask")
        for value in row:
            expect(isinstance(value, bool), "not true or false", got=value, **shown)
    right = make(queries, keys, keys - queries)
    mistakes = {
        "the first places": make(queries, keys, 0),
        "the future is seen": [[not value for value in row] for row in right],
        "no place sees itself": make(queries, keys, keys - queries, extra=-1),
        "one place too far": make(queries, keys, keys - queries, extra=1),
        "everything is seen": [[True] * keys for _ in range(queries)],
    }
    for key, mistaken in mistakes.items():
        is_alone = mistaken != right and list(mistakes.values()).count(mistaken) == 1
        expect(not (is_alone and got == mistaken), key, got=got[0], expected=right[0], **shown)
    for number, (row, expected) in enumerate(zip(got, right, strict=True)):
        expect(row == expected, "a wrong row", row=number, got=row, expected=expected, **shown)
    expect(len({id(row) for row in got}) == queries, "shared rows")


def check(learner, generator: random.Random) -> None:
    """Compare a case that tells mistakes apart, then the example, the edges and random sizes."""
    compare(learner, 3, 5)
    for queries, keys in ((2, 4), (1, 1), (1, 3), (4, 4)):
        compare(learner, queries, keys)
    for _ in range(3):
        keys = generator.randint(6, 11)
        compare(learner, generator.randint(1, keys - 1), keys)
