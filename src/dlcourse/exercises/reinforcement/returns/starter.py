def find_returns(rewards, discount):
    """Return for each step the discounted sum of the rewards from it on."""
    # TODO: go backwards, and add each reward to the discounted return of the next step
    raise NotImplementedError
