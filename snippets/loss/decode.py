"""Four tasks: the last layer's output, its loss and the answer."""

import torch
import torch.nn.functional as F

output = torch.tensor([[2.5]])  # one example, one number
loss = F.mse_loss(output, torch.tensor([[3.0]]))
number = output.item()
print(f"a number   loss {loss:.2f}  answer {number}")

logits = torch.tensor([[1.2], [-0.3]])  # two examples, one logit each
targets = torch.tensor([[1.0], [0.0]])  # yes and no
loss = F.binary_cross_entropy_with_logits(logits, targets)
answers = (logits > 0).int()  # a probability above one half
print(f"yes or no  loss {loss:.2f}  answer {answers.tolist()}")

logits = torch.tensor([[0.2, 1.5, -1.0]])  # one example, three classes
loss = F.cross_entropy(logits, torch.tensor([1]))
answers = logits.argmax(dim=1)
print(f"one of 3   loss {loss:.2f}  answer {answers.tolist()}")

targets = torch.tensor([[1.0, 1.0, 0.0]])  # two of the three labels
loss = F.binary_cross_entropy_with_logits(logits, targets)
answers = (logits > 0).int()
print(f"any of 3   loss {loss:.2f}  answer {answers.tolist()}")
