"""A finite difference has a best step: not too large, not too small."""

import matplotlib.pyplot as plt


def cube(w):
    """Return w³, whose slope is 3w²."""
    return w * w * w


w, slope = 3.0, 27.0
steps = [float(f"{digit}e-{k}") for k in range(1, 13) for digit in (3, 1)]
one_sided = [abs((cube(w + h) - cube(w)) / h - slope) for h in steps]
central = [abs((cube(w + h) - cube(w - h)) / (2 * h) - slope) for h in steps]

plt.loglog(steps, one_sided, "o-", label="one-sided")
plt.loglog(steps, central, "s-", label="central")
plt.xlabel("step h")
plt.ylabel("error of the slope")
plt.legend()
plt.show()

assert central[steps.index(1e-5)] < 1e-8 < central[steps.index(1e-11)]
