"""A steady gradient and momentum 0.9: steps grow to ten times the first."""

step, gradient = 0.0, 1.0
for _ in range(200):
    step = 0.9 * step + gradient
print(f"{step:.3f}")
