# a coin at every step
def arrives(coin, discount, distance):
    return 10 * discount ** (distance - 1) > coin / (1 - discount)
