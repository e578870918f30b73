def policy_loss(logits, actions, returns, discount, baseline):
    """Return the loss of one episode, in nats times reward.

    logits: a list for each step; actions: the played one of each step;
    returns: the return from each step on.
    """
    # TODO: add up the weighted log probabilities of the played actions
    raise NotImplementedError
