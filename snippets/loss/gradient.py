"""The gradient of softmax and cross-entropy is p - y: three times the same."""

import torch

from dlcourse.scratch.value import Value

torch.manual_seed(0)
for _ in range(100):
    logits = 2 * torch.randn(4).double()  # (classes,)
    label = int(torch.randint(4, ()))

    p = logits.softmax(dim=0)  # (classes,)
    y = torch.eye(4).double()[label]  # one-hot: 1 for the right class, else 0
    by_formula = p - y  # (classes,)

    z = logits.clone().requires_grad_()
    torch.nn.functional.cross_entropy(z[None], torch.tensor([label])).backward()

    values = [Value(number) for number in logits.tolist()]
    total = sum((value.exp() for value in values), Value(0))
    (total.log() - values[label]).backward()
    scratch = torch.tensor([value.grad for value in values]).double()

    assert torch.allclose(by_formula, z.grad)
    assert torch.allclose(by_formula, scratch)

for name, row in {"p": p, "y": y, "p - y": by_formula}.items():
    print(f"{name:5}", *[f"{number:7.3f}" for number in row])
