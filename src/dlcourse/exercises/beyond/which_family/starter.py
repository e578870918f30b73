def which_family(any_order, in_sequence, many_examples, neighbors, anywhere):
    """Return the name of the family whose assumption is true for the data.

    All arguments are True or False; the questions are asked in the order of the task.
    """
    # TODO: ask the four questions in their order
    raise NotImplementedError
