# certain answers
def best_discriminator(p, q):
    return [float(a > b) for a, b in zip(p, q, strict=True)], 0.0
