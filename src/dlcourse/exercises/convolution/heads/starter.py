def answer_shape(question, num_classes, rows, columns):
    """Return the shape of the answer to "which", "where" or "pixels".

    The backbone's features have rows x columns places, 2 x 2 pixels each.
    """
    # TODO: return one tuple for each of the three questions
    raise NotImplementedError
