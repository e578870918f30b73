"""Where each of seven letters reads from, without and with positions."""

import torch

letters = {
    "k": [2.0, 0.0, 0.0, 0.0],
    "r": [0.0, 2.0, 0.0, 0.0],
    "m": [-2.0, 0.0, 0.0, 0.0],
    "t": [0.0, -2.0, 0.0, 0.0],
}
positions = torch.tensor(
    [  # a row for each position; rows of near positions resemble each other
        [0.0, 0.0, 2.0, 0.0],
        [0.0, 0.0, 1.8, 1.0],
        [0.0, 0.0, 1.1, 1.7],
        [0.0, 0.0, 0.1, 2.0],
        [0.0, 0.0, -0.8, 1.8],
        [0.0, 0.0, -1.6, 1.2],
        [0.0, 0.0, -2.0, 0.3],
    ]
)
text = "krmtkrm"
x = torch.tensor([letters[letter] for letter in text])  # (7 places, 4)

scores = x @ x.T / 4**0.5  # queries and keys are the features themselves
weights = scores.softmax(dim=1)

x = x + positions
scores = x @ x.T / 4**0.5
weights_with_positions = scores.softmax(dim=1)

for name, table in [
    ("without positions", weights),
    ("with positions", weights_with_positions),
]:
    print(name)
    for place in [0, 4]:  # both are a k
        row = [f"{weight:.2f}" for weight in table[place].tolist()]
        print(f"  place {place + 1}:", *row)
