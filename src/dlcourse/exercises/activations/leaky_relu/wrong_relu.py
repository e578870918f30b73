# this is ReLU
def leaky_relu(z, a=0.01):
    if z > 0:
        return z
    return 0.0


def slope(z, a=0.01):
    if z > 0:
        return 1
    return a
