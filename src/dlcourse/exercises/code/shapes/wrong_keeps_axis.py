# a number in brackets removes its axis
def shapes(count, side, classes):
    pixels = side * side
    return [
        (1, 1, side, side),
        (count, side, side),
        (count, pixels),
        (pixels,),
        (count, classes),
        (count,),
    ]
