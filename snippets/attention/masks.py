"""Two masks: no later place, and no padding."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(0)
scores = torch.randn(5, 5)  # row: who reads; column: what is read
places = torch.arange(5)

is_later = places > places.unsqueeze(1)  # column > row
causal = scores.masked_fill(is_later, -torch.inf).softmax(dim=1)

length = 3  # this text has 3 places; 2 more fill up the batch
is_padding = places >= length
padded = scores.masked_fill(is_padding, -torch.inf).softmax(dim=1)

figure, axes = plt.subplots(
    1,
    2,
    figsize=(6.6, 3.4),
    layout="constrained",
)
for cell, weights, title in [
    (axes[0], causal, "causal mask"),
    (axes[1], padded, "padding mask"),
]:
    cell.imshow(weights.numpy(), cmap="Blues", vmin=0, vmax=1)
    cell.set(title=title, xlabel="reads from place", ylabel="place")
    label = {"facecolor": "w", "edgecolor": "none", "pad": 1}
    for row in range(5):
        for column in range(5):
            weight = weights[row, column].item()
            text = f"{weight:.2f}"
            cell.text(
                column,
                row,
                text,
                ha="center",
                va="center",
                bbox=label,
            )
plt.show()

print("causal: row 0 ", causal[0].tolist())
print("padded: column 3", padded[:, 3].tolist())
sums = padded.sum(dim=1)
print("each row adds up to 1:", torch.allclose(sums, torch.ones(5)))
