# ahead for a while
CLAIMS = {  # what is claimed if this setting alone makes a difference
    "features": "learned features",
    "pixels": "structure",
    "sums": "parallel arithmetic",
    "noise columns": "a table",
    "images": "little data",
    "leaves": "a person must understand it",
    "weights": "it must be small",
    "corner marks": "junk or biased data",
}


def find_claim(first, second):
    """Return the claim that two experiments support, or None."""
    if first["counted on"] == "training" or second["counted on"] == "training":
        return None
    different = []
    for setting in CLAIMS:
        if first[setting] != second[setting]:
            different.append(setting)
    if len(different) != 1:
        return None
    is_first_larger = min(first["results"]) > max(second["results"])
    is_second_larger = min(second["results"]) > max(first["results"])
    if is_first_larger or is_second_larger:
        return CLAIMS[different[0]]
    return None


def find_limit(rows):
    """Return the number of examples from which on the network is better, or None."""
    limit = None
    for num_examples, simple, network in rows:
        if network <= simple:
            pass
        elif limit is None:
            limit = num_examples
    return limit
