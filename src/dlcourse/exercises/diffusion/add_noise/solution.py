def add_noise(x, step, noise, share):
    """Return the noisy examples, each at its own step.

    Shapes: x and noise (batch, features), step (batch,), share (steps + 1,).
    """
    s = share[step].unsqueeze(1)  # (batch, 1): one share for all features of an example
    return s.sqrt() * x + (1 - s).sqrt() * noise
