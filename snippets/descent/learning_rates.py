"""Twenty steps on w² from w = 1, at five learning rates."""

import torch

ends = {}
for learning_rate in (0.1, 0.5, 0.9, 1.0, 1.1):
    w = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate)
    places = [w.item()]
    for _ in range(20):
        loss = w**2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        places.append(w.item())

    ends[learning_rate] = places[20]
    print(f"{learning_rate}: {places[0]:.0f}, {places[1]:.1f}, ", end="")
    print(f"{places[2]:.2f} ... {places[20]:.4f}")

    factor = 1 - 2 * learning_rate  # the formula of the text
    assert abs(places[20] - factor**20) < 1e-9
