# few examples
def choose(case):
    """Return simple, trees, linear, pretrained, network or collect."""
    if case["simple"] >= case["needed"]:
        return "simple"
    if case["table"]:
        if case["explain"]:
            return "linear"
        return "trees"
    if case["similar"]:
        return "pretrained"
    if case["neighbors"]:
        return "network"
    return "collect"
