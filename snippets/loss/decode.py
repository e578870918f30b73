"""Four tasks: the last layer's output, the loss, and how to read the answer."""

import torch
import torch.nn.functional as F

binary = F.binary_cross_entropy_with_logits
one, two = torch.tensor([[2.5]]), torch.tensor([[1.2], [-0.3]])
three = torch.tensor([[0.2, 1.5, -1.0]])


def above_zero(logits):
    """A probability above one half is a logit above 0."""
    return (logits > 0).int()


def largest(logits):
    """The most probable class has the largest logit."""
    return logits.argmax(dim=1)


for task, output, loss, target, read in (
    ("a number", one, F.mse_loss, [[3.0]], torch.clone),
    ("yes or no", two, binary, [[1.0], [0.0]], above_zero),
    ("one of 3", three, F.cross_entropy, [1], largest),
    ("any of 3", three, binary, [[1.0, 1.0, 0.0]], above_zero),
):
    value = loss(output, torch.tensor(target))
    print(f"{task:10}loss {value:.2f}  answer {read(output).tolist()}")
