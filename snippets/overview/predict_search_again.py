"""A search finds the same answer in every run."""


def fewest_moves(goal):
    """Return how few moves lead from 1 to the goal."""
    reached = {1}
    moves = 0
    while goal not in reached:
        one_more = {number + 1 for number in reached}
        doubled = {2 * number for number in reached}
        reached = one_more | doubled
        moves += 1
    return moves


for _ in range(101):
    answer = fewest_moves(10)
print(answer)
