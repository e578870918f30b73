"""Does attention depend on the order of the places?"""

import math


def attend(query, keys, values):
    """Return the weighted mean of values; all are single numbers."""
    exponentials = [math.exp(query * key) for key in keys]
    result = 0.0
    for exponential, value in zip(exponentials, values, strict=True):
        result += exponential / sum(exponentials) * value
    return round(result, 6)


first = attend(2.0, keys=[0.1, 0.5, -0.3], values=[1.0, 4.0, 9.0])
second = attend(2.0, keys=[-0.3, 0.1, 0.5], values=[9.0, 1.0, 4.0])
values_only = attend(2.0, keys=[0.1, 0.5, -0.3], values=[9.0, 1.0, 4.0])
print("first order: ", first)
print("second order:", second)
print("only the values in another order:", values_only)
answer = "not at all" if first == second else "to another mean"
print("it changes", answer)
