# the distance is ignored
def arrives(coin, discount, distance):
    return 10 * discount**3 > coin * discount / (1 - discount**2)
