def explanation():
    """Return six sentences: use, input, output, teacher, why, risk."""
    # TODO: write six sentences, and explain the technical words in them
    raise NotImplementedError


def words():
    """Return the technical words of the sentences, each explained in plain words."""
    raise NotImplementedError
