# no better precision
def average_precision(found, num_objects):
    num_hits, total = 0, 0
    for rank, (_, is_hit) in enumerate(sorted(found, reverse=True), start=1):
        num_hits += is_hit
        if is_hit:
            total += num_hits / rank
    return total / num_objects
