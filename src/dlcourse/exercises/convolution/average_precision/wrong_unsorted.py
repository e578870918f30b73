# not sorted
def average_precision(found, num_objects):
    precisions, num_hits, total = [], 0, 0
    for rank, (_, is_hit) in enumerate(found, start=1):
        num_hits += is_hit
        precisions.append(num_hits / rank)
    for place, (_, is_hit) in enumerate(found):
        if is_hit:
            total += max(precisions[place:])
    return total / num_objects
