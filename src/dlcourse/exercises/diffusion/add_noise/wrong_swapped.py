# example and noise are swapped
def add_noise(x, step, noise, share):
    s = share[step].unsqueeze(1)
    return (1 - s).sqrt() * x + s.sqrt() * noise
