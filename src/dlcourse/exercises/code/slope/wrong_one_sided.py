# only one side is nudged
def slope(f, x, nudge=0.001):
    change = f(x + nudge) - f(x)
    distance = nudge
    return change / distance
