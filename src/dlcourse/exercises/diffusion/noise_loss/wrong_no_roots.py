# other inputs
def noise_loss(predict, x, step, noise, share):
    s = share[step].unsqueeze(1)
    noisy = s * x + (1 - s) * noise
    return (predict(noisy, step / (len(share) - 1)) - noise).square().mean()
