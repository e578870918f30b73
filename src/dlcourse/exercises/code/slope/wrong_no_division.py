# the change is not divided
def slope(f, x, nudge=0.001):
    change = f(x + nudge) - f(x - nudge)
    distance = 2 * nudge
    return change
