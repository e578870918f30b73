# the likeliest action
import math


def policy_loss(logits, actions, returns, discount, baseline):
    loss = 0
    for t, (row, later) in enumerate(zip(logits, returns, strict=True)):
        total = sum(math.exp(logit - max(row)) for logit in row)
        loss += discount**t * (later - baseline) * math.log(total)
    return loss
