import math


def best_guess(x, images, s):
    """Return the mean of the images, weighted by how likely each is behind x.

    x: a noisy image; images: lists of as many numbers; s: the share, in (0, 1).
    """
    scores = []
    for image in images:
        distance = 0
        for value, pixel in zip(x, image, strict=True):
            distance += (value - math.sqrt(s) * pixel) ** 2
        scores.append(-distance / (2 * (1 - s)))

    largest = max(scores)  # exp(score - largest) is 1 for the nearest image
    likelihoods = [math.exp(score - largest) for score in scores]
    total = sum(likelihoods)
    guess = []
    for pixels in zip(*images, strict=True):
        products = [weight * pixel for weight, pixel in zip(likelihoods, pixels, strict=True)]
        guess.append(sum(products) / total)
    return guess
