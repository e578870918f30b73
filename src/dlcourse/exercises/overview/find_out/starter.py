def find_out(ask):
    """Return "DL", "ML", "AI" or "none", and ask only what is needed."""
    # TODO: ask the question that decides most first, then the one that is still needed
    raise NotImplementedError
