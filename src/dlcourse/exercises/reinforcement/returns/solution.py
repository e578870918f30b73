def find_returns(rewards, discount):
    """Return for each step the discounted sum of the rewards from it on."""
    returns = []
    later = 0  # nothing follows the last step
    for reward in reversed(rewards):
        later = reward + discount * later
        returns.append(later)
    returns.reverse()
    return returns
