def average_precision(found, num_objects):
    """Return the average precision of a detector, from 0 to 1.

    found: pairs (score, is_hit) in any order; num_objects: how many there are.
    """
    ordered = sorted(found, reverse=True)  # the highest score first
    precisions = []
    num_hits = 0
    for rank, (_, is_hit) in enumerate(ordered, start=1):
        num_hits += is_hit  # True counts as 1
        precisions.append(num_hits / rank)

    total = 0
    for place, (_, is_hit) in enumerate(ordered):
        if is_hit:
            total += max(precisions[place:])  # the best from here on
    return total / num_objects
