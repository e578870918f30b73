# the plain precision
def average_precision(found, num_objects):
    if not found:
        return 0
    return sum(is_hit for _, is_hit in found) / len(found)
