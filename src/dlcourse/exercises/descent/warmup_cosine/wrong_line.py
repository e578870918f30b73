# the fall is a straight line
def warmup_cosine(step, warm, total, base):
    if step < warm:
        return base * (step + 1) / (warm + 1)
    return base * (1 - (step - warm) / (total - warm))
