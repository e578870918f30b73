"""The same formula on small and on large logits."""

import torch


def softmax(logits):
    """As the formula says."""
    powers = logits.exp()
    return powers / powers.sum()


def stable_softmax(logits):
    """Shift the largest logit to 0 first: nothing can overflow."""
    return softmax(logits - logits.max())


small = torch.tensor([1.0, 2.0, 3.0])
large = small + 1000
for logits in (small, large):
    formula = softmax(logits).tolist()
    shifted = stable_softmax(logits).tolist()
    print([round(z) for z in logits.tolist()])
    print("  formula", [round(p, 4) for p in formula])
    print("  shifted", [round(p, 4) for p in shifted])

largest_logit = large.max()
powers = (large - largest_logit).exp()
log_sum_exp = largest_logit + powers.sum().log()
print(f"log-sum-exp {log_sum_exp:.4f}")
assert torch.isclose(log_sum_exp, large.logsumexp(dim=0))
largest = torch.finfo(torch.float32).max
