# an example is no unit
def better_std(lengths, std):
    num_steps = len(lengths) - 1
    factor = (lengths[0] / lengths[-1]) ** (1 / num_steps)
    return std / factor


def recognize(lengths, outputs):
    for unit in outputs:
        if max(unit) == 0:
            return "dead units"
    ratio = lengths[0] / lengths[-1]
    if ratio < 0.001:
        return "vanishing"
    if ratio > 1000:
        return "exploding"
    return "healthy"
