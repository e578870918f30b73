"""The gradient of softmax and cross-entropy is p - y, on random logits."""

import torch
import torch.nn.functional as F

from dlcourse.scratch.value import Value

torch.manual_seed(0)
for _ in range(100):
    logits = 2 * torch.randn(4).double()  # (classes,)
    label = torch.randint(4, (1,))  # the number of the correct class

    p = logits.softmax(dim=0)
    y = torch.zeros(4).double()
    y[label] = 1  # one-hot: 1 for the correct class, else 0

    z = logits.clone().requires_grad_()
    loss = F.cross_entropy(z[None], label)
    loss.backward()
    assert torch.allclose(z.grad, p - y)

    values = [Value(number) for number in logits.tolist()]
    total = sum((value.exp() for value in values), Value(0))
    scratch_loss = total.log() - values[label]
    scratch_loss.backward()
    scratch = torch.tensor([value.grad for value in values]).double()
    assert torch.allclose(scratch, p - y)
print("100 times the same gradient")
