def reasons(application):
    """Return the numbers of the sentences that are true for an application."""
    # TODO: look at each of the three sentences; then find the applications without any
    raise NotImplementedError


def no_reason(applications):
    """Return the names of the applications for which no sentence is true."""
    raise NotImplementedError
