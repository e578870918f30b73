# exact comparison
def shift_kind(layer, row, distance):
    output = layer(row)
    shifted = layer(row[-distance:] + row[:-distance])
    if shifted == output:
        return "invariant"
    if shifted == output[-distance:] + output[:-distance]:
        return "equivariant"
    return "neither"
