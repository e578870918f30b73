# one discount too many
def arrives(coin, discount, distance):
    return 10 * discount**distance > coin * discount / (1 - discount**2)
