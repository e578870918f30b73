"""The weighted sum of three inputs: multiply in pairs, add up, add the bias."""

inputs, weights, bias = [1.0, 2.0, 3.0], [0.5, -1.0, 2.0], 0.25

weighted_sum = sum(w * x for w, x in zip(weights, inputs, strict=True)) + bias
print(weighted_sum)  # 0.5 - 2 + 6 + 0.25
