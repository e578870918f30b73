# the clean examples
def noise_loss(predict, x, step, noise, share):
    level = step / (len(share) - 1)
    return (predict(x, level) - noise).square().mean()
