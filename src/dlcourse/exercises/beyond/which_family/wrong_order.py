# the order of the questions
def which_family(any_order, in_sequence, many_examples, neighbors, anywhere):
    """Return the name of the family whose assumption is true for the data.

    All arguments are True or False; the questions are asked in the order of the task.
    """
    if neighbors and anywhere:
        return "CNN"
    if any_order:
        return "attention without positions"
    if in_sequence:
        return "attention with positions" if many_examples else "recurrent"
    return "MLP"
