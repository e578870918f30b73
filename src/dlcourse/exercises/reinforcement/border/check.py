"""Check reinforcement/border."""

import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "not true or false": "arrives({coin}, {discount}, {distance}) is {got}, expected True or "
    "False.",
    "the other way round": "arrives({coin}, {discount}, {distance}) returns {got}: the goal is "
    "worth {goal} and the coins {coins}. The agent goes where more is to be had.",
    "one coin": "arrives({coin}, {discount}, {distance}) returns {got}, as if there were one "
    "coin: the goal is worth {goal}, and all coins together {coins}.",
    "a coin at every step": "arrives({coin}, {discount}, {distance}) returns {got}, as if each "
    "step brought a coin. Every second one does: {coins}, and the goal {goal}.",
    "one discount too many": "arrives({coin}, {discount}, {distance}) returns {got}: the goal's "
    "reward is discounted {before} times and the first coin once, which makes {goal} and {coins}.",
    "the distance is ignored": "arrives({coin}, {discount}, {distance}) returns {got}, the answer "
    "for 4 steps. Over {distance} steps the goal is worth {goal}, and the coins {coins}.",
    "the discount is ignored": "arrives({coin}, {discount}, {distance}) returns {got}: compare "
    "with discounts. The goal is worth {goal} and the coins {coins}.",
    "another answer": "arrives({coin}, {discount}, {distance}) returns {got}, but the goal is "
    "worth {goal} and the coins {coins}.",
    "both alike": "arrives({coin}, {discount}, {distance}) returns True, but goal and coins are "
    "worth the same, {goal}. Then the result is False.",
}
CASES = [(2, 0.7, 4), (2, 0.9, 4), (2, 0.3, 4)]  # the examples of the task


def worths(coin, discount, distance):
    """Return what the goal and all coins are worth, the coins added up one by one."""
    coins = sum(coin * discount**step for step in range(1, 600, 2))
    return 10 * discount ** (distance - 1), coins


def find_mistakes(coin, discount, distance):
    """Return what known mistakes answer."""
    goal, coins = worths(coin, discount, distance)
    return {
        "one coin": goal > coin * discount,
        "a coin at every step": goal > coin / (1 - discount),
        "one discount too many": goal * discount > coins,
        "the distance is ignored": 10 * discount**3 > coins,
        "the discount is ignored": coin < 10,
        "the other way round": goal < coins,
    }


def find_key(learner, cases):
    """Return the mistake that gives the learner's answers to all cases, if there is one only."""
    answers = [learner.arrives(*case) for case in cases]
    mistakes = [find_mistakes(*case) for case in cases]
    keys = [key for key in mistakes[0] if answers == [mistaken[key] for mistaken in mistakes]]
    return keys[0] if len(keys) == 1 else "another answer"


def check(learner, generator: random.Random) -> None:
    """Compare the examples, then cases near the border, then equal worths."""
    cases = list(CASES)
    for distance in (2, 3, 4, 6, 9):
        for discount in (0.35, 0.6, 0.75, 0.85, 0.95):
            border = 10 * discount ** (distance - 2) * (1 - discount**2)
            for factor in (0.93, 1.07, 0.75, 1.33):  # of the border, by a little and by more
                coin = border * factor * generator.uniform(0.99, 1.01)
                cases.append((coin, discount, distance))
    for coin, discount, distance in cases:
        got = learner.arrives(coin, discount, distance)
        goal, coins = worths(coin, discount, distance)
        shown = {"coin": float(coin), "discount": discount, "distance": distance, "got": got}
        shown.update(goal=goal, coins=coins, before=distance - 1)
        expect(isinstance(got, bool), "not true or false", **shown)
        if got != (goal > coins):
            expect(False, find_key(learner, cases), **shown)
    # With these numbers both are worth exactly 5: 10 / 2, and 7.5 / 2 / (3 / 4)
    got = learner.arrives(7.5, 0.5, 2)
    expect(got is False, "both alike", coin=7.5, discount=0.5, distance=2, goal=5.0)
