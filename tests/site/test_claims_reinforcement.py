"""What the page on reinforcement learning claims, with other settings than the page's."""

import random
from functools import cache, partial

import pytest
import torch
from page_snippets import run_snippet

from dlcourse.data.environments import (
    ENDED,
    GOAL_REWARD,
    find_values,
    load_environment,
    make_environment,
)
from dlcourse.tasks.reinforce import Reinforce
from dlcourse.training.trainer import Trainer

names_of = cache(partial(run_snippet, "reinforcement"))
CPU = torch.device("cpu")
SOAK = pytest.mark.soak


# Values


def find_action_values(environment, discount):
    """Return the exact table of action values, from value iteration."""
    values = find_values(environment, discount, 4000)
    goes_on = environment.next_states != ENDED
    later = values[environment.next_states.clamp(min=0)] * goes_on
    return environment.rewards + discount * later


@pytest.mark.parametrize("discount", [0.3, 0.8, 0.97])
@pytest.mark.parametrize("coin", [0, 0.7, 4])
def test_the_pages_value_iteration_is_that_of_the_package(discount, coin):
    q = names_of("values")["find_values"](discount, coin)
    expected = find_action_values(load_environment("corridor", coin), discount)
    for (state, action), value in q.items():
        assert value == pytest.approx(expected[state, int(action == 1)].item(), abs=1e-6)


def learn(environment, discount, epsilon, seed, num_episodes):
    """Return the table that Q-learning finds on any map, from random starts."""
    random.seed(seed)
    next_states = environment.next_states.tolist()
    rewards = environment.rewards.tolist()
    num_actions = len(environment.actions)
    free = [state for state, sign in enumerate("".join(environment.rows)) if sign in "S.c"]
    q = [[0.0] * num_actions for _ in next_states]
    for _ in range(num_episodes):
        state = random.choice(free)
        for _ in range(60):
            action = max(range(num_actions), key=q[state].__getitem__)
            if random.random() < epsilon:
                action = random.randrange(num_actions)
            next_state = next_states[state][action]
            target = rewards[state][action]
            if next_state != ENDED:
                target += discount * max(q[next_state])
            q[state][action] += 0.5 * (target - q[state][action])
            if next_state == ENDED:
                break
            state = next_state
    return torch.tensor(q, dtype=torch.float64)[free], free


@pytest.mark.parametrize(
    ("text", "coin"),
    [
        ("S.c...G", 0.5),
        ("S.c...G", 3),
        ("S.c\n.#.\n..G", 1),
        pytest.param("S.#...\n..#.#.\n..c.#.\n.#....\n.#...G", 0.5, marks=SOAK),
    ],
)
@pytest.mark.parametrize("epsilon", [1.0, pytest.param(0.5, marks=SOAK)])
def test_learned_values_are_those_of_value_iteration(text, coin, epsilon, seed):
    environment = make_environment(text, coin)
    num_episodes = 3000 if len(text) < 20 else 20_000
    for discount in (0.5, 0.9):
        found, free = learn(environment, discount, epsilon, seed, num_episodes)
        expected = find_action_values(environment, discount)[free]
        assert (found - expected).abs().max() < 1e-3


def test_the_pages_table_of_q_learning_is_exact_for_other_coins_and_discounts(seed):
    for discount, coin in ((0.5, 1), (0.9, 2)):
        q, _ = names_of("q_learning")["learn"](discount, coin, seed)
        expected = find_action_values(load_environment("corridor", coin), discount)[:6]
        found = torch.tensor(q[:6], dtype=torch.float64)
        assert (found - expected).abs().max() < 1e-3


# Exploration


def test_without_exploration_the_agent_stays_with_the_coin():
    finds_goal = names_of("exploration")["finds_goal"]
    seeds = range(100, 120)
    shares = {}
    for epsilon in (0, 0.1, 0.4):
        shares[epsilon] = sum(finds_goal(epsilon, seed) for seed in seeds) / len(seeds)
    assert shares[0] <= 0.1
    assert shares[0.1] > shares[0] + 0.3
    assert shares[0.4] == 1


# The coin trap


def border(discount):
    return 10 * discount**2 * (1 - discount**2)


@pytest.mark.parametrize("discount", [0.1, 0.3, 0.6, 0.8, 0.95, 0.99])
def test_the_agent_circles_exactly_for_coins_above_the_border(discount):
    """5% below and above the border, by value iteration."""
    for factor in (0.5, 0.95, 1.05, 2):
        coin = factor * border(discount)
        values = find_values(load_environment("corridor", coin), discount, 2000)
        # An agent that circles comes back from either side, so both sides are worth the same.
        assert (values[3] > values[1]) == (factor < 1)


def test_every_mark_of_the_figure_lies_on_its_side_of_the_curve():
    arrives = names_of("boundary")["arrives"]
    for discount in (0.05, 0.25, 0.5, 0.75, 0.9, 0.95):
        for number in range(15):
            coin = number / 5 + 0.1
            assert arrives(discount, coin) == (coin < border(discount))


def test_no_discount_makes_a_rich_agent_arrive():
    for number in range(5, 100, 5):
        values = find_values(load_environment("corridor", 2.51), number / 100, 1000)
        assert values[1] == values[3]


@pytest.mark.parametrize("distance", [3, 4, 6])
def test_the_border_for_other_lengths_of_the_corridor(distance):
    """d steps from the coin to the goal: c = 10 γ^(d - 2) (1 - γ²)."""
    for discount in (0.6, 0.8, 0.95):
        at_border = GOAL_REWARD * discount ** (distance - 2) * (1 - discount**2)
        for factor in (0.95, 1.05):
            text = "S.c" + "." * (distance - 1) + "G"
            values = find_values(make_environment(text, factor * at_border), discount, 1000)
            assert (values[3] > values[1]) == (factor < 1)


# REINFORCE


def train(data, seed, **options):
    """Train by the recipe; return the figures of the last epoch."""
    family = Reinforce("reinforce", options)
    environment = family.load(data)
    torch.manual_seed(seed)
    network = family.build(family.about(environment))
    config = family.find_recipe(data)
    trainer = Trainer(network, config, task=family)
    batches = family.make_batches(environment, "train", CPU, config)
    trainer.fit(batches, family.make_batches(environment, "test", CPU))
    return trainer.history[-1].figures


@pytest.mark.parametrize("data", ["grid", pytest.param("corridor", marks=SOAK)])
def test_reinforce_gets_nearly_the_optimum_where_random_actions_get_little(data, seed):
    environment = load_environment(data)
    equal = torch.full(environment.rewards.shape, 1 / len(environment.actions))
    best = find_values(environment, 0.9, 100)[environment.start]
    of_random = find_values(environment, 0.9, 100, equal)[environment.start]
    assert of_random < 0.3 * best
    assert train(data, seed)["share_of_optimum"] >= 0.95


@pytest.mark.parametrize(
    ("coin", "discount"),
    [
        (1, 0.97),
        pytest.param(2, 0.7, marks=SOAK),
        pytest.param(2, 0.3, marks=SOAK),
        pytest.param(1, 0.9, marks=SOAK),
        pytest.param(3, 0.9, marks=SOAK),
    ],
)
def test_reinforce_falls_into_the_same_trap(coin, discount, seed):
    figures = train("corridor", seed, coin=coin, discount=discount)
    assert figures["share_of_optimum"] > 0.9  # it circles, and does not only stand at a wall
    if coin > border(discount):
        assert figures["arrived"] < 0.1
    else:
        assert figures["arrived"] > 0.9


def test_a_baseline_keeps_the_mean_slope_and_changes_its_scatter():
    estimate = names_of("baseline")["estimate"]
    coin = 4
    plain, scatter = estimate(0, coin)
    usual = 2 * coin  # about the mean return after a step of the random policy
    good, small_scatter = estimate(usual, coin)
    far_off, large_scatter = estimate(6 * usual, coin)
    assert small_scatter < 0.7 * scatter
    assert large_scatter > 1.5 * scatter
    for mean, deviation in ((good, small_scatter), (far_off, large_scatter)):
        # four standard errors of a mean of 40 estimates, each
        assert abs(mean - plain) < 4 * (scatter + deviation) / 40**0.5
