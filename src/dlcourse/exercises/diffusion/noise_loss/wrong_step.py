# the step itself
def noise_loss(predict, x, step, noise, share):
    s = share[step].unsqueeze(1)
    noisy = s.sqrt() * x + (1 - s).sqrt() * noise
    return (predict(noisy, step) - noise).square().mean()
