def shapes(count, side, classes):
    """Return the shapes of the six results of the task, as a list of tuples."""
    pixels = side * side
    return [
        (1, side, side),  # the number 0 removes the axis of the images
        (count, side, side),  # here it removes the axis of the channels
        (count, pixels),
        (pixels,),  # the mean image
        (count, classes),  # the logits
        (count,),  # one predicted class for each image
    ]
