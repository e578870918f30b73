# the images are not scaled
import math


def best_guess(x, images, s):
    scores = [-(math.dist(x, image) ** 2) / (2 * (1 - s)) for image in images]
    weights = [math.exp(score - max(scores)) for score in scores]
    total = sum(weights)
    columns = zip(*images, strict=True)
    return [sum(w * v for w, v in zip(weights, column, strict=True)) / total for column in columns]
