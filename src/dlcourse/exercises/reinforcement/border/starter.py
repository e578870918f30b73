def arrives(coin, discount, distance):
    """Say whether the agent goes on to the goal instead of circling for coins.

    coin: its value; discount: in (0, 1); distance: steps from the coin to the goal.
    """
    # TODO: compare what the goal is worth with what all later coins are worth
    raise NotImplementedError
