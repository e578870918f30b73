"""Check why/evidence."""

import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "training examples": "You return “{got}”, expected None: one of the two counted on the "
    "training examples, which shows what was learned by heart.",
    "two differences": "You return “{got}”, expected None: {settings} both differ, so nobody knows "
    "which of them made the difference.",
    "no difference": "You return “{got}”, expected None: no setting differs, so this is the same "
    "experiment again.",
    "the results overlap": "You return “{got}”, expected None: the results {first} and {second} "
    "overlap, so the difference may be chance.",
    "it is evidence": "You return “{got}”, expected “{expected}”: only “{settings}” "
    "differs, and {first} and {second} do not overlap.",
    "ahead for a while": "For {rows} the limit is {got}, expected {expected}: at {got} the "
    "network is better, but not in all rows after it.",
    "equal is not better": "For {rows} the limit is {got}, expected {expected}: at {got} both "
    "are equal, so the network is not better there.",
    "no limit": "For {rows} the limit is {got}, expected None: in the last row the network is not "
    "better.",
    "another limit": "For {rows} the limit is {got}, expected {expected}.",
}
SETTINGS = {  # the values, and the claim
    "features": (["by hand", "learned"], "learned features"),
    "pixels": (["in place", "mixed"], "structure"),
    "sums": (["in a loop", "as a matrix product"], "parallel arithmetic"),
    "noise columns": ([0, 5, 10], "a table"),
    "images": ([1, 5, 50], "little data"),
    "leaves": ([10, 15991], "a person must understand it"),
    "weights": ([650, 2410], "it must be small"),
    "corner marks": ([True, False], "junk or biased data"),
}


def draw_pair(generator, different, counted=("new", "new"), overlaps=False):
    """Return two experiments that differ in some settings."""
    first = {name: generator.choice(values) for name, (values, _) in SETTINGS.items()}
    second = dict(first)
    for name in different:
        values, _ = SETTINGS[name]
        second[name] = generator.choice([value for value in values if value != first[name]])
    low = [generator.randint(30, 60) for _ in range(generator.randint(3, 5))]
    high = [generator.randint(61, 99) for _ in range(generator.randint(3, 5))]
    if overlaps:  # the largest of the lower ones is as large as the smallest of the others
        low[generator.randrange(len(low))] = min(high)
    results = [low, high]
    generator.shuffle(results)
    for experiment, on, numbers in zip((first, second), counted, results, strict=True):
        experiment |= {"counted on": on, "results": numbers}
    return first, second


def look_at_claim(learner, first, second):
    """Compare the claim with the one that the experiments support."""
    got = learner.find_claim(dict(first), dict(second))
    different = [name for name in SETTINGS if first[name] != second[name]]
    one, two = first["results"], second["results"]
    shown = {"got": got, "settings": " and ".join(different), "first": one, "second": two}
    is_none = got is None
    is_new = first["counted on"] == second["counted on"] == "new"
    expect(is_new or is_none, "training examples", **shown)
    expect(not is_new or len(different) < 2 or is_none, "two differences", **shown)
    expect(not is_new or different or is_none, "no difference", **shown)
    if not is_new or len(different) != 1:
        return
    if min(one) <= max(two) and min(two) <= max(one):
        expect(is_none, "the results overlap", **shown)
        return
    expected = SETTINGS[different[0]][1]
    expect(got == expected, "it is evidence", expected=expected, **shown)


def find_right(rows):
    """Return the first number of examples after which no row is against the network."""
    limit = None
    for num_examples, simple, network in reversed(rows):
        if network <= simple:
            break
        limit = num_examples
    return limit


def look_at_limit(learner, rows):
    """Compare the limit with the one that the rows show."""
    got = learner.find_limit(rows[:])
    expected = find_right(rows)
    shown = {"rows": rows, "got": got, "expected": expected}
    by_number = {number: network - simple for number, simple, network in rows}
    is_right = type(got) is type(expected) and got == expected
    gain = by_number.get(got) if type(got) is int else None
    expect(is_right or expected is not None, "no limit", **shown)
    expect(is_right or gain != 0, "equal is not better", **shown)
    is_early = gain is not None and gain > 0 and got < expected
    expect(is_right or not is_early, "ahead for a while", **shown)
    expect(is_right, "another limit", **shown)


def check(learner, generator: random.Random) -> None:
    """Take each setting alone, then comparisons that show nothing, then limits."""
    names = list(SETTINGS)
    look_at_claim(learner, *draw_pair(generator, ["features"]))
    look_at_claim(learner, *draw_pair(generator, ["features"], overlaps=True))
    look_at_claim(learner, *draw_pair(generator, []))
    for counted in (("training", "new"), ("new", "training"), ("training", "training")):
        name = generator.choice(names)
        look_at_claim(learner, *draw_pair(generator, [name], counted))
    for _ in range(4):
        look_at_claim(learner, *draw_pair(generator, generator.sample(names, 2)))
        look_at_claim(learner, *draw_pair(generator, [generator.choice(names)], overlaps=True))
    for name in names:
        look_at_claim(learner, *draw_pair(generator, [name]))
        look_at_claim(learner, *draw_pair(generator, [name]))
    look_at_limit(learner, [(1, 0.5, 0.4), (5, 0.7, 0.7), (50, 0.8, 0.9)])
    look_at_limit(learner, [(1, 0.5, 0.6), (2, 0.7, 0.7), (5, 0.8, 0.9), (9, 0.8, 0.9)])
    look_at_limit(learner, [(2, 0.5, 0.6), (4, 0.6, 0.7), (8, 0.8, 0.7)])
    for count in (1, 2, 3, 3, 3, 3):
        numbers = sorted(generator.sample(range(1, 1000), count))
        rows = []
        for number in numbers:
            simple = generator.randint(5, 9) / 10
            rows.append((number, simple, simple + generator.choice([-0.1, 0, 0.1, 0.1])))
        look_at_limit(learner, rows)
