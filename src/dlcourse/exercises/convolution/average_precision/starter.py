def average_precision(found, num_objects):
    """Return the average precision of a detector, from 0 to 1.

    found: pairs (score, is_hit) in any order; num_objects: how many there are.
    """
    # TODO: sort, compute the precision at each box, and take the mean over the objects
    raise NotImplementedError
