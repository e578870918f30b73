"""A perceptron with weights 1 and 1 and bias -1.5 computes AND."""

for x1, x2 in [(0, 0), (0, 1), (1, 0), (1, 1)]:
    weighted_sum = 1 * x1 + 1 * x2 - 1.5
    print(x1, x2, "->", 1 if weighted_sum > 0 else 0)
