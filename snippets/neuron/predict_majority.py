"""A neuron with a step and three inputs that are 0 or 1."""


def fires(x, w, b):
    """Return 1 if the weighted sum is above zero, else 0."""
    z = b
    for w_i, x_i in zip(w, x, strict=True):
        z += w_i * x_i
    return int(z > 0)


answer = 0
for x1 in (0, 1):
    for x2 in (0, 1):
        for x3 in (0, 1):
            answer += fires([x1, x2, x3], [1, 1, 1], -1.5)

print(f"it fires in {answer} of 8 cases")
