"""Learn a game from rewards: take 1, 2 or 3 matches, the last one wins."""

import random


def moves(left):
    """Return how many matches a player may take."""
    return [take for take in (1, 2, 3) if take <= left]


value = {}  # of each move, from -1 (loses) to 1 (wins); 0 at the start
for left in range(1, 13):
    for take in moves(left):
        value[left, take] = 0.0
num_moves = len(value)


def best_value(left):
    """Return the value of the best move; with none left you have lost."""
    if left == 0:
        return -1.0
    return max(value[left, take] for take in moves(left))


random.seed(0)
for _ in range(2000):  # games of the program against itself
    left = 12
    while left > 0:
        take = random.choice(moves(left))
        rest = left - take
        reward = -best_value(rest)  # good for the other is bad for me
        value[left, take] += 0.5 * (reward - value[left, take])
        left = rest  # now the other player is to move

for left in range(1, 13):
    winning = [take for take in moves(left) if value[left, take] > 0]
    print(f"{left:2} left: winning moves {winning}")
