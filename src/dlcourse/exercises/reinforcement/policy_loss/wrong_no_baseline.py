# no baseline
import math


def policy_loss(logits, actions, returns, discount, baseline):
    loss = 0
    for t, (row, action, later) in enumerate(zip(logits, actions, returns, strict=True)):
        largest = max(row)
        total = sum(math.exp(logit - largest) for logit in row)
        loss -= discount**t * later * (row[action] - largest - math.log(total))
    return loss
