"""What happens to the largest weight if all scores are doubled?"""

import math


def find_weights(scores):
    """Return the softmax."""
    exponentials = [math.exp(score) for score in scores]
    return [value / sum(exponentials) for value in exponentials]


scores = [1.4, 0.7, 2.1]
doubled = [2 * score for score in scores]
answer = round(max(find_weights(doubled)), 2)
print("before:", round(max(find_weights(scores)), 2))
print("after: ", answer)
