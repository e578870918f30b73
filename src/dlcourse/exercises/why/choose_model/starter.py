def choose(case):
    """Return simple, trees, linear, pretrained, network or collect."""
    # TODO: ask the four questions of the chart from top to bottom, and return the first answer
    raise NotImplementedError
