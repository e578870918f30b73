"""A finite difference has a best step: not too large, not too small."""


def cube(w):
    """Return w³, whose slope is 3w²."""
    return w * w * w


w, slope = 3.0, 27.0
errors = {}
print("step h   one-sided   central")
for h in (1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11):
    one_sided = (cube(w + h) - cube(w)) / h
    central = (cube(w + h) - cube(w - h)) / (2 * h)
    errors[h] = abs(one_sided - slope), abs(central - slope)
    print(f"{h:.0e}{errors[h][0]:12.0e}{errors[h][1]:10.0e}")
