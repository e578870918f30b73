"""Three inputs: multiply in pairs, add up, add the bias."""

inputs = [1.0, 2.0, 3.0]
weights = [0.5, -1.0, 2.0]
bias = 0.25

weighted_sum = bias
for x, w in zip(inputs, weights, strict=True):
    weighted_sum += w * x
print(weighted_sum)
