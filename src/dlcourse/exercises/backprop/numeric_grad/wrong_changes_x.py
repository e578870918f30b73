# x is changed
def numeric_grad(f, x, eps):
    slopes = []
    for place in range(len(x)):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        below = f(x)
        slopes.append((above - below) / (2 * eps))
    return slopes
