# nothing
def find_missing(run):
    """Return the name of the part that is missing in a run, or "nothing"."""
    if run["features"][0] == run["features"][-1]:  # the same letter at two places
        return "positions"
    first_table = run["weights"][0]
    if first_table[-1][0] > 0:
        return "causal mask"
    if len(run["weights"]) == 1:
        return "heads"
    if run["result"] == run["attended"]:  # the input has not been added
        return "residual connections"
    if run["read"] == run["features"]:
        return "layer normalization"
    return "nothing"
