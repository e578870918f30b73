# a border
def shift_kind(layer, row, distance):
    output = layer(row)
    shifted = layer(row[-distance:] + row[:-distance])
    moved = output[-distance:] + output[:-distance]
    if all(abs(a - b) < 1e-6 for a, b in zip(output, shifted, strict=True)):
        return "invariant"
    close = [abs(a - b) < 1e-6 for a, b in zip(moved, shifted, strict=True)]
    if sum(close) > len(close) / 2:
        return "equivariant"
    return "neither"
