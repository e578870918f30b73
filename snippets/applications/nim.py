"""Learn a game from rewards: take 1, 2 or 3 matches, the last one wins."""

import random

random.seed(0)
moves = {n: [take for take in (1, 2, 3) if take <= n] for n in range(13)}
value = {(left, take): 0.0 for left in moves for take in moves[left]}
num_moves = len(value)

for _ in range(2000):  # games against itself
    left = 12
    while left:
        take = random.choice(moves[left])
        rest = left - take
        replies = [value[rest, reply] for reply in moves[rest]]
        reward = -max(replies, default=-1.0)  # good for the other, bad for me
        value[left, take] += 0.5 * (reward - value[left, take])
        left = rest

for left in range(1, 13):
    best = max(moves[left], key=lambda take: value[left, take])
    wins = value[left, best] > 0
    print(f"{left:2} left:", f"take {best}" if wins else "lost")
    assert not wins if left % 4 == 0 else best == left % 4
