"""On w ** 2 a learning rate below 1 shrinks w, 1 keeps its size, and a larger one lets it grow."""

for learning_rate in (0.1, 1.0, 1.1):
    w = 1.0
    for _ in range(20):
        w -= learning_rate * 2 * w
    print(f"{learning_rate:.1f}: {w:.4f}")
