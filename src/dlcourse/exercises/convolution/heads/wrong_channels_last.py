# channels come last
def answer_shape(question, num_classes, rows, columns):
    if question == "which":
        return (num_classes,)
    if question == "where":
        return (rows, columns, num_classes + 4)
    return (2 * rows, 2 * columns, num_classes + 1)
