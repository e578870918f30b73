"""The same formula twice; one of them breaks."""

import torch

small, large = torch.tensor([1.0, 2, 3]), torch.tensor([1001.0, 1002, 1003])


def softmax(logits):
    """As the formula says."""
    return logits.exp() / logits.exp().sum()


def stable_softmax(logits):
    """Shift the largest logit to 0 first: nothing can overflow."""
    return softmax(logits - logits.max())


for logits in (small, large):
    print([round(z) for z in logits.tolist()])
    print("  formula", [round(p, 4) for p in softmax(logits).tolist()])
    print("  shifted", [round(p, 4) for p in stable_softmax(logits).tolist()])
log_sum_exp = large.max() + (large - large.max()).exp().sum().log()
print(f"log-sum-exp {log_sum_exp:.4f}")
assert torch.isclose(log_sum_exp, large.logsumexp(dim=0))
largest = torch.finfo(torch.float32).max
