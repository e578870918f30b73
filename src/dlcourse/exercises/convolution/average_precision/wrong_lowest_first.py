# the lowest score first
def average_precision(found, num_objects):
    precisions, num_hits, total = [], 0, 0
    ordered = sorted(found)
    for rank, (_, is_hit) in enumerate(ordered, start=1):
        num_hits += is_hit
        precisions.append(num_hits / rank)
    for place, (_, is_hit) in enumerate(ordered):
        if is_hit:
            total += max(precisions[place:])
    return total / num_objects
