"""An agent that acts at random in a corridor of seven cells."""

import random

GOAL = 6  # the last cell; the agent starts in cell 0
COIN_CELL = 2


def step(state, action, coin):
    """Return the next state, the reward, and whether the episode is over."""
    next_state = max(state + action, 0)  # there is a wall left of cell 0
    if next_state == GOAL:
        return next_state, 10, True
    if next_state == COIN_CELL:
        return next_state, coin, False
    return next_state, 0, False


random.seed(12)
state = 0
total = 0
num_steps = 0
is_over = False
path = "0"
while not is_over:
    action = random.choice([-1, 1])  # one cell to the left or to the right
    state, reward, is_over = step(state, action, coin=0.5)
    total += reward
    num_steps += 1
    path += f" {state}"

print(path)
print(f"{num_steps} steps, rewards add up to {total}")
