"""Two steps of Adam by hand: the slope is first 3, then -1."""

import torch

learning_rate = 0.01
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=learning_rate, betas=(0.9, 0.999))

place = 0.0
m = 0.0  # running average of the slopes
v = 0.0  # running average of their squares
steps = {}
print(" t   g       m        v   m_hat  v_hat     step")
for t, g in ((1, 3.0), (2, -1.0)):
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    steps[t] = learning_rate * m_hat / (v_hat**0.5 + 1e-8)
    place = place - steps[t]
    print(f"{t:2}{g:4.0f}{m:8.2f}{v:9.6f}{m_hat:8.3f}{v_hat:7.3f}", end="")
    print(f"{steps[t]:9.5f}")

    w.grad = torch.full_like(w, g)  # give PyTorch the same slope
    optimizer.step()
    assert abs(w.item() - place) < 1e-12  # PyTorch takes the same step
