# one length needs a comma
def shapes(count, side, classes):
    pixels = side * side
    return [
        (1, side, side),
        (count, side, side),
        (count, pixels),
        pixels,
        (count, classes),
        (count,),
    ]
