# the plain mean
def best_guess(x, images, s):
    return [sum(pixels) / len(images) for pixels in zip(*images, strict=True)]
