# no logarithm
import math


def policy_loss(logits, actions, returns, discount, baseline):
    loss = 0
    for t, (row, action, later) in enumerate(zip(logits, actions, returns, strict=True)):
        exponentials = [math.exp(logit - max(row)) for logit in row]
        loss -= discount**t * (later - baseline) * exponentials[action] / sum(exponentials)
    return loss
