"""Adam by hand, and what its first step is worth."""

import torch


def adam(gradients, learning_rate=0.001, beta1=0.9, beta2=0.999):
    """Return where a weight that starts at 0 is after each gradient."""
    w, m, v, path = 0.0, 0.0, 0.0, []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g  # average of the gradients
        v = beta2 * v + (1 - beta2) * g**2  # average of their squares
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        w = w - learning_rate * m_hat / (v_hat**0.5 + 1e-8)
        path.append(w)
    return path


for g in (0.001, 1.0, 1000.0):
    sgd_step, adam_step = 0.001 * g, -adam([g])[0]
    print(f"gradient {g:8.3f}: SGD {sgd_step:.6f}, Adam {adam_step:.6f}")

gradients = [3.0, -1.0, 0.5, 0.5, 2.0]
w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam([w])
for g, ours in zip(gradients, adam(gradients), strict=True):
    w.grad = torch.full_like(w, g)
    optimizer.step()
    assert abs(w.item() - ours) < 1e-12
