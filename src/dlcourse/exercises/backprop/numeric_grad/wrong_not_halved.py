# the distance is too short
def numeric_grad(f, x, eps):
    slopes = []
    for place in range(len(x)):
        above = list(x)
        below = list(x)
        above[place] += eps
        below[place] -= eps
        slopes.append((f(above) - f(below)) / eps)
    return slopes
