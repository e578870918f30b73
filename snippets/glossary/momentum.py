"""A steady gradient and momentum 0.9: steps grow to ten times the first."""

gradient = 1.0
step = 0.0
for _ in range(200):
    step = 0.9 * step + gradient
print(f"{step:.3f}")
