# a reason after all
def reasons(application):
    """Return the numbers of the sentences that are true for an application."""
    numbers = []
    if max(application["alone"]) - application["guessing"] <= 10:
        numbers.append(1)
    if application["examples"] >= 100_000 or application["teacher"] != "labels":
        numbers.append(2)
    if application["in order"] - application["shuffled"] > 10:
        numbers.append(3)
    return numbers


def no_reason(applications):
    """Return the names of the applications for which no sentence is true."""
    names = []
    for name in applications:
        if len(reasons(applications[name])) < 3:
            names.append(name)
    return names
