# the difference is one-sided
def numeric_grad(f, x, eps):
    slopes = []
    for place in range(len(x)):
        above = list(x)
        above[place] += eps
        slopes.append((f(above) - f(x)) / eps)
    return slopes
