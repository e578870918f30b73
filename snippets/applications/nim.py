"""Learn a game from rewards alone: take 1, 2 or 3 matches, the last one wins."""

import random

random.seed(0)
moves = {left: [take for take in (1, 2, 3) if take <= left] for left in range(13)}
value = {(left, take): 0.0 for left in moves for take in moves[left]}
num_moves = len(value)

for _ in range(2000):  # games against itself
    left = 12
    while left:
        take = random.choice(moves[left])
        rest = left - take
        opponent = max((value[rest, reply] for reply in moves[rest]), default=-1.0)
        reward = -opponent  # what is good for the opponent is bad for me
        value[left, take] += 0.5 * (reward - value[left, take])
        left = rest

for left in range(1, 13):
    best = max(moves[left], key=lambda take: value[left, take])
    wins = value[left, best] > 0
    print(f"{left:2} left:", f"take {best}" if wins else "lost")
    assert not wins if left % 4 == 0 else best == left % 4
