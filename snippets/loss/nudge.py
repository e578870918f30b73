"""Nudge each logit a little: how fast does the loss change?"""

import torch
import torch.nn.functional as F

p = torch.tensor([[0.7, 0.2, 0.1]]).double()  # one image, three classes
logits = p.log()  # softmax turns these logits into p again
label = torch.tensor([1])  # the second class is correct
y = torch.tensor([0.0, 1.0, 0.0])

loss = F.cross_entropy(logits, label)
slopes = []
for k in range(3):
    nudged = logits.clone()
    nudged[0, k] += 0.001
    change = F.cross_entropy(nudged, label) - loss
    slopes.append(change.item() / 0.001)

print("p     ", *[f"{number:6.2f}" for number in p[0]])
print("y     ", *[f"{number:6.2f}" for number in y])
print("p - y ", *[f"{number:6.2f}" for number in p[0] - y])
print("slopes", *[f"{slope:6.2f}" for slope in slopes])
