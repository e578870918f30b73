# the larger of both
def leaky_relu(z, a=0.01):
    return max(z, a * z)


def slope(z, a=0.01):
    if z > 0:
        return 1
    return a
