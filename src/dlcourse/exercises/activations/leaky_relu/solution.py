def leaky_relu(z, a=0.01):
    """Return z above 0 and a * z elsewhere."""
    if z > 0:
        return z
    return a * z


def slope(z, a=0.01):
    """Return the slope of leaky_relu at z: 1 above 0 and a elsewhere."""
    if z > 0:
        return 1
    return a
