def answer_shape(question, num_classes, rows, columns):
    """Return the shape of the answer to "which", "where" or "pixels".

    The backbone's features have rows x columns places, 2 x 2 pixels each.
    """
    if question == "which":
        return (num_classes,)  # the largest logit over all places: no rows and columns
    if question == "where":
        return (num_classes + 4, rows, columns)  # with the distances to four edges
    return (num_classes + 1, 2 * rows, 2 * columns)  # with the background
