"""The same three outputs as numbers, as sigmoids and as a softmax."""

import torch

logits = torch.tensor([2.0, -1.0, 0.5])
sigmoid = logits.sigmoid()
softmax = logits.softmax(dim=0)
for name, numbers in {
    "logits": logits,
    "sigmoid": sigmoid,
    "softmax": softmax,
}.items():
    print(f"{name:8}", *[f"{number:6.2f}" for number in numbers])

powers = logits.exp()
assert torch.allclose(softmax, powers / powers.sum())
assert torch.isclose(softmax.sum(), torch.tensor(1.0))

shifted = logits + 100  # only the gaps between logits count
assert torch.allclose(softmax, shifted.softmax(dim=0))

# A sigmoid is a softmax over two logits of which the other is 0
pair = torch.tensor([2.0, 0.0])
assert torch.isclose(pair.softmax(dim=0)[0], sigmoid[0])
