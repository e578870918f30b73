# both alike
def arrives(coin, discount, distance):
    return 10 * discount ** (distance - 1) >= coin * discount / (1 - discount**2)
