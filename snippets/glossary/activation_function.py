"""Two layers without an activation function between them are one line."""

for x in (-1, 0, 1, 2):
    hidden = 2 * x + 1
    two_layers = 3 * hidden - 4
    one_layer = 6 * x - 1
    with_relu = 3 * max(0, hidden) - 4
    print(two_layers, one_layer, with_relu)
