"""Two hidden ReLU neurons solve XOR, with weights set by hand."""

for x1 in (0, 1):
    for x2 in (0, 1):
        h1 = max(0, x1 + x2)  # max(0, ...) is ReLU
        h2 = max(0, x1 + x2 - 1)
        output = h1 - 2 * h2
        print(x1, x2, "->", output)
