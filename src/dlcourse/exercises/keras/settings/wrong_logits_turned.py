# from_logits is the wrong way round
def batch_norm_momentum(momentum):
    return 1 - momentum


def from_logits(last_activation):
    return last_activation == "softmax"


def adam_epsilon(eps, beta_2, step):
    return eps * (1 - beta_2**step) ** 0.5
