"""Below 1, w ** 2 shrinks; at 1 it stays the same; above 1 it grows."""

for learning_rate in (0.1, 1.0, 1.1):
    w = 1.0
    for _ in range(20):
        gradient = 2 * w
        w = w - learning_rate * gradient
    print(f"{learning_rate:.1f}: {w:.4f}")
