"""Check reinforcement/returns."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

MESSAGES = {
    "backwards": "For {rewards} and {discount} you return {got}, expected {expected}: the order "
    "is reversed. The first return belongs to the first step.",
    "what came before": "For {rewards} and {discount} you return {got}, expected {expected}: you "
    "add up the rewards before each step. A return looks ahead.",
    "no discount": "For {rewards} and {discount} you return {got}, expected {expected}: the "
    "discount is missing.",
    "only the next reward": "For {rewards} and {discount} you return {got}, expected {expected}: "
    "you add one next reward. The whole rest of the episode counts.",
    "discounted from the start": "For {rewards} and {discount} you return {got}, expected "
    "{expected}: you discount from the start. A return counts the steps from its own on.",
    "the first reward is discounted": "For {rewards} and {discount} you return {got}, expected "
    "{expected}: the step's own reward counts in full.",
    "other returns": "For {rewards} and {discount} you return {got}, expected {expected}.",
    "no step": "For an episode without a step you return {got}, expected [].",
    "the rewards are changed": "Your function changes the list of rewards that it gets.",
}


def add_up(rewards, discount):
    """Return the return of the first step."""
    return sum(reward * discount**k for k, reward in enumerate(rewards))


def compare(learner, rewards, discount):
    """Compare the returns with those of known mistakes."""
    copied = rewards[:]
    got = learner.find_returns(copied, discount)
    expect_list(got, len(rewards), "find_returns(rewards, discount)")
    for value in got:
        expect_number(value, "a return")
    expect(copied == rewards, "the rewards are changed")
    places = range(len(rewards))
    right = [add_up(rewards[k:], discount) for k in places]
    mistakes = {
        "backwards": right[::-1],
        "what came before": [add_up(rewards[k::-1], discount) for k in places],
        "no discount": [sum(rewards[k:]) for k in places],
        "only the next reward": [add_up(rewards[k : k + 2], discount) for k in places],
        "discounted from the start": [discount**k * right[k] for k in places],
        "the first reward is discounted": [discount * value for value in right],
    }
    shown = {"rewards": rewards, "discount": discount, "got": got, "expected": right}
    for key, mistaken in mistakes.items():
        is_alone = sum(are_close(mistaken, other) for other in mistakes.values()) == 1
        is_other = is_alone and not are_close(mistaken, right)
        expect(not (is_other and are_close(got, mistaken)), key, **shown)
    expect(are_close(got, right), "other returns", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the examples, then the edges, then random episodes."""
    compare(learner, [1, 2, 4], 0.5)
    compare(learner, [0, 0, 8], 0.5)
    compare(learner, [3, 1, 4, 1, 5], 1.0)
    compare(learner, [2, 7], 0.0)
    got = learner.find_returns([], 0.9)
    expect(got == [], "no step", got=got)
    for count in (3, 7, 11):
        rewards = [round(generator.uniform(-2, 5), 1) for _ in range(count)]
        compare(learner, rewards, generator.choice([0.3, 0.7, 0.9]))
