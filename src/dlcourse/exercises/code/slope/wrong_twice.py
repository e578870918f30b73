# the distance is twice the nudge
def slope(f, x, nudge=0.001):
    change = f(x + nudge) - f(x - nudge)
    distance = nudge
    return change / distance
