# the factors add up to one
def add_noise(x, step, noise, share):
    s = share[step].unsqueeze(1).sqrt()
    return s * x + (1 - s) * noise
