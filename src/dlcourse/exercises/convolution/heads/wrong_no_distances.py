# no distances
def answer_shape(question, num_classes, rows, columns):
    if question == "which":
        return (num_classes,)
    if question == "where":
        return (num_classes, rows, columns)
    return (num_classes + 1, 2 * rows, 2 * columns)
