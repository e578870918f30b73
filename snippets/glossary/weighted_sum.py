"""Three inputs: multiply in pairs, add up, add the bias."""

inputs, weights, bias = [1.0, 2.0, 3.0], [0.5, -1.0, 2.0], 0.25
weighted_sum = bias
for x, w in zip(inputs, weights, strict=True):
    weighted_sum += w * x
print(weighted_sum)
