def arrives(coin, discount, distance):
    """Say whether the agent goes on to the goal instead of circling for coins.

    coin: its value; discount: in (0, 1); distance: steps from the coin to the goal.
    """
    goal = 10 * discount ** (distance - 1)  # it comes with the last step
    # A coin with every second step: discount + discount ** 3 + discount ** 5 + ...
    coins = coin * discount / (1 - discount**2)
    return goal > coins
