# the distance is ignored
def shift_kind(layer, row, distance):
    output = layer(row)
    shifted = layer(row[-1:] + row[:-1])
    moved = output[-1:] + output[:-1]
    if all(abs(a - b) < 1e-6 for a, b in zip(output, shifted, strict=True)):
        return "invariant"
    if all(abs(a - b) < 1e-6 for a, b in zip(moved, shifted, strict=True)):
        return "equivariant"
    return "neither"
