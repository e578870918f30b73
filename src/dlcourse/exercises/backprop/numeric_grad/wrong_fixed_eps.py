# eps is ignored
def numeric_grad(f, x, eps):
    slopes = []
    for place in range(len(x)):
        above = list(x)
        below = list(x)
        above[place] += 1e-5
        below[place] -= 1e-5
        slopes.append((f(above) - f(below)) / 2e-5)
    return slopes
