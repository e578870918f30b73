# the mean over the images keeps the pixels
def shapes(count, side, classes):
    pixels = side * side
    return [
        (1, side, side),
        (count, side, side),
        (count, pixels),
        (count,),
        (count, classes),
        (count,),
    ]
