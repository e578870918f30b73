# a share for each feature
def add_noise(x, step, noise, share):
    s = share[step]
    if x.shape[1] == 1:
        s = s.unsqueeze(1)
    return s.sqrt() * x + (1 - s).sqrt() * noise
