"""A model that stores its rows is perfect on them, and guesses on new ones."""

import random

random.seed(0)
tosses = [random.choice(["heads", "tails"]) for _ in range(400)]
rows = range(400)
stored = dict(zip(rows[:200], tosses[:200], strict=True))


def count_correct(chosen):
    """Return how many of the chosen rows get their own label."""
    return sum(stored.get(row, "heads") == tosses[row] for row in chosen)


answer = count_correct(rows[:200])
print("training rows:", answer)
new = count_correct(rows[200:])
print("new rows:", new)
assert 80 < new < 120  # a coin is correct in about half of 200
