# one coin
def arrives(coin, discount, distance):
    return 10 * discount ** (distance - 1) > coin * discount
