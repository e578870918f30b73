"""One last layer, three ways to read it."""

import torch

logits = torch.tensor([2.0, -1.0, 0.5], dtype=torch.float64)

softmax = logits.softmax(dim=0)
print("as they are", logits.tolist())
print("sigmoid    ", [round(p, 2) for p in logits.sigmoid().tolist()])
print("softmax    ", [round(p, 2) for p in softmax.tolist()])

by_formula = logits.exp() / logits.exp().sum()
assert torch.allclose(softmax, by_formula)
assert torch.isclose(softmax.sum(), torch.tensor(1.0).double())
assert torch.allclose(softmax, (logits + 100).softmax(dim=0))  # only gaps count
assert (softmax.diff().sign() == logits.diff().sign()).all()  # the order stays

two = torch.stack([logits, torch.zeros(3).double()])  # (2, 3): each against a 0
assert torch.allclose(two.softmax(dim=0)[0], logits.sigmoid())
