"""Gradient descent on w ** 2: each step multiplies w by 1 - 2 * 0.1."""

learning_rate = 0.1
w = 1.0
for _ in range(20):
    gradient = 2 * w
    w = w - learning_rate * gradient
print(f"{w:.4f} {0.8**20:.4f}")
