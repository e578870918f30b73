# places are kept
def answer_shape(question, num_classes, rows, columns):
    if question == "which":
        return (num_classes, rows, columns)
    if question == "where":
        return (num_classes + 4, rows, columns)
    return (num_classes + 1, 2 * rows, 2 * columns)
