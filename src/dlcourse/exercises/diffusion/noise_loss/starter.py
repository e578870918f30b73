def noise_loss(predict, x, step, noise, share):
    """Return the mean squared error of the predicted noise.

    Shapes: x and noise (batch, features), step (batch,), share (steps + 1,);
    predict(noisy, level) returns (batch, features).
    """
    # TODO: add the noise in one jump, predict it, and compare
    raise NotImplementedError
