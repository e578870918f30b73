"""The gradient through twenty layers, with and without residual connections."""

slope = 0.1  # of each layer
plain = 1.0
residual = 1.0
for _ in range(20):
    plain *= slope
    residual *= 1 + slope  # the path past the layer has the slope 1

answer = round(residual, 1)
print(f"without residual connections: {plain:.0e}")
print("with residual connections:", answer)
