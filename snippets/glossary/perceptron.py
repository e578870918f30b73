"""A perceptron with weights 1 and 1 and bias -1.5 computes AND."""

for x1 in (0, 1):
    for x2 in (0, 1):
        weighted_sum = x1 + x2 - 1.5
        output = int(weighted_sum > 0)  # the step: 0 or 1
        print(x1, x2, "->", output)
