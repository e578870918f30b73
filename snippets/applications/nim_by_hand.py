"""The same game of Nim three times, from five matches: what is learned?"""


def moves(left):
    """Return how many matches a player may take."""
    return [take for take in (1, 2, 3) if take <= left]


value = {}
for left in range(1, 6):
    for take in moves(left):
        value[left, take] = 0.0


def best_value(left):
    """Return the value of the best move; with none left you have lost."""
    if left == 0:
        return -1.0
    return max(value[left, take] for take in moves(left))


for game in (1, 2, 3):
    print("game", game)
    left = 5
    for take in (1, 3, 1):
        rest = left - take
        reward = -best_value(rest) + 0.0  # no -0.0
        value[left, take] += 0.5 * (reward - value[left, take])
        new_value = value[left, take]
        print(f"  {left} left, take {take}: reward {reward:5.2f}", end="")
        print(f", value {new_value:6.3f}")
        left = rest
