# the slope of ReLU
def leaky_relu(z, a=0.01):
    if z > 0:
        return z
    return a * z


def slope(z, a=0.01):
    if z > 0:
        return 1
    return 0
