import math


def policy_loss(logits, actions, returns, discount, baseline):
    """Return the loss of one episode, in nats times reward.

    logits: a list for each step; actions: the played one of each step;
    returns: the return from each step on.
    """
    loss = 0
    for t, (row, action, later) in enumerate(zip(logits, actions, returns, strict=True)):
        largest = max(row)  # no exponential is above 1
        exponentials = [math.exp(logit - largest) for logit in row]
        log_probability = row[action] - largest - math.log(sum(exponentials))
        loss -= discount**t * (later - baseline) * log_probability
    return loss
