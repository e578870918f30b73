def momentum_step(w, v, g, lr, beta):
    """Return the new weight and the new velocity after one step with the slope g.

    lr is the learning rate, beta the share of the velocity that is kept.
    """
    # TODO: update the velocity and the weight
    raise NotImplementedError
