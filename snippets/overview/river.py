"""Wolf, goat and cabbage: AI that solves a puzzle and learns nothing."""

from collections import deque

PASSENGERS = ("nobody", "wolf", "goat", "cabbage")


def is_safe(farmer, wolf, goat, cabbage):
    """Say whether nothing gets eaten: the goat is watched, or alone."""
    return goat == farmer or goat not in (wolf, cabbage)


start, goal = (0, 0, 0, 0), (1, 1, 1, 1)  # the banks of all four
ways = {start: []}  # to each state found so far: whom the farmer took along
queue = deque([start])
while goal not in ways:
    state = queue.popleft()
    farmer = state[0]
    for index, bank in enumerate(state):
        if bank == farmer:  # whoever stands on the other bank cannot get in
            after = list(state)
            after[0] = after[index] = 1 - farmer
            if is_safe(*after) and tuple(after) not in ways:
                ways[tuple(after)] = [*ways[state], PASSENGERS[index]]
                queue.append(tuple(after))

num_crossings = len(ways[goal])
print(num_crossings, "crossings, with", ", ".join(ways[goal]))
