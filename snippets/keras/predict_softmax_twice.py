"""The loss of a sure and correct prediction after a second softmax."""

import math

probabilities = [1.0] + 9 * [0.0]  # the correct class comes first
exponentials = [math.exp(p) for p in probabilities]
second_softmax = exponentials[0] / sum(exponentials)
answer = round(-math.log(second_softmax), 2)
print(f"probability {second_softmax:.2f}, loss {answer}")
