"""With an input of zero, even a large weight does nothing."""

from dlcourse.scratch.value import Value

weights, inputs = [Value(9.0), Value(0.5)], [0.0, 4.0]
weighted_sum = weights[0] * inputs[0] + weights[1] * inputs[1]
weighted_sum.backward()
print(weighted_sum.data, [weight.grad for weight in weights])
