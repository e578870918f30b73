def find_missing(run):
    """Return the name of the part that is missing in a run, or "nothing"."""
    # TODO: look for each of the five parts in the numbers of the run
    raise NotImplementedError
