"""Returns from each step on: one possible answer to the exercise."""


def find_returns(rewards, discount):
    """Return for each step the discounted sum of the rewards from it on."""
    returns = []
    later = 0.0
    for reward in reversed(rewards):
        later = reward + discount * later
        returns.append(later)
    returns.reverse()
    return returns


assert find_returns([0, 0, 8], 0.5) == [2, 4, 8]
assert find_returns([1, 1, 1], 1.0) == [3, 2, 1]
assert find_returns([], 0.9) == []
