"""What may change in the input without a change in the output?"""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
x = torch.zeros(1, 24, 24)
x[0, 8:16, 8:16] = torch.rand(8, 8)  # a pattern on an empty page
changes = {
    "moved by two": x.roll((2, 2), dims=(1, 2)),
    "two steps later": x.roll(2, dims=1),
    "rows in any order": x[:, torch.randperm(24)],
}

hidden = nn.Linear(24 * 24, 32)
convolutions = nn.Sequential(
    nn.Conv2d(1, 16, kernel_size=3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(16, 32, kernel_size=3, padding=1),
    nn.AdaptiveMaxPool2d(1),
)
gru = nn.GRU(24, 32, batch_first=True)
projection = nn.Linear(24, 3 * 32)
positions = torch.randn(24, 24)


def attend(x):
    """Let each row read from all rows; return the largest values."""
    queries, keys, values = projection(x).chunk(3, dim=2)
    read = F.scaled_dot_product_attention(queries, keys, values)
    return read.amax(dim=1)


def last_state(x):
    """Return the state of the GRU after the last row."""
    states, _ = gru(x)
    return states[:, -1]


families = {
    "MLP": lambda x: torch.relu(hidden(x.flatten(1))),
    "CNN": lambda x: convolutions(x.unsqueeze(1)).flatten(1),
    "GRU": last_state,
    "attention": attend,
    "places": lambda x: attend(x + positions),
}
is_same = {}
print("                 " + "".join(f"{family:>10}" for family in families))
for change, changed in changes.items():
    cells = ""
    for family, compute in families.items():
        same = torch.allclose(compute(x), compute(changed), atol=1e-6)
        is_same[change, family] = same
        cells += f"{'same' if same else 'differs':>10}"
    print(f"{change:17}{cells}")
