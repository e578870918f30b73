"""Without an activation function between them, two layers are one line."""

for x in (-1, 0, 1, 2):
    hidden = 2 * x + 1
    two_layers = 3 * hidden - 4

    one_layer = 6 * x - 1

    relu = max(0, hidden)
    with_relu = 3 * relu - 4

    print(two_layers, one_layer, with_relu)
