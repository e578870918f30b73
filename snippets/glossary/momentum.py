"""With momentum 0.9 and a gradient that stays the same, steps grow to ten times their first length."""

step, gradient = 0.0, 1.0
for _ in range(200):
    step = 0.9 * step + gradient
print(f"{step:.3f}")
