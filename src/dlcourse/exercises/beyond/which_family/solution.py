def which_family(any_order, in_sequence, many_examples, neighbors, anywhere):
    """Return the name of the family whose assumption is true for the data.

    All arguments are True or False; the questions are asked in the order of the task.
    """
    if any_order:
        return "attention without positions"
    if in_sequence:
        if many_examples:
            return "attention with positions"
        return "recurrent"  # its assumption stands in for examples
    if neighbors and anywhere:
        return "CNN"
    return "MLP"  # it assumes nothing
