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
    # TODO: compare what was counted, the settings and the results; then find the limit
    raise NotImplementedError


def find_limit(rows):
    """Return the number of examples from which on the network is better, or None."""
    raise NotImplementedError
