def noise_loss(predict, x, step, noise, share):
    """Return the mean squared error of the predicted noise.

    Shapes: x and noise (batch, features), step (batch,), share (steps + 1,);
    predict(noisy, level) returns (batch, features).
    """
    s = share[step].unsqueeze(1)  # (batch, 1)
    noisy = s.sqrt() * x + (1 - s).sqrt() * noise
    level = step / (len(share) - 1)  # from 0 to 1
    return (predict(noisy, level) - noise).square().mean()
