"""Wolf, goat and cabbage: AI that solves a puzzle and learns nothing."""

from collections import deque

PASSENGERS = ("nobody", "wolf", "goat", "cabbage")


def is_safe(farmer, wolf, goat, cabbage):
    """Tell whether nothing gets eaten: the goat is watched, or alone."""
    return goat == farmer or goat not in (wolf, cabbage)


# A state says on which bank farmer, wolf, goat and cabbage are: 0 or 1.
start = (0, 0, 0, 0)
goal = (1, 1, 1, 1)
ways = {start: []}  # for each state found so far, who crossed with the farmer
queue = deque([start])  # states from which no crossing was tried so far

while goal not in ways:
    state = queue.popleft()
    farmer = state[0]
    for index, bank in enumerate(state):
        if bank != farmer:
            continue  # the boat is on the other bank
        after = list(state)
        after[0] = 1 - farmer  # the farmer crosses
        after[index] = 1 - farmer  # with one passenger, or with nobody
        after = tuple(after)
        if is_safe(*after) and after not in ways:
            ways[after] = [*ways[state], PASSENGERS[index]]
            queue.append(after)

crossings = ways[goal]
num_crossings = len(crossings)
print(num_crossings, "crossings, with", ", ".join(crossings))
