# others have learned it
def choose(case):
    """Return simple, trees, linear, pretrained, network or collect."""
    if case["simple"] >= case["needed"]:
        return "simple"
    if case["table"]:
        if case["explain"]:
            return "linear"
        return "trees"
    if case["neighbors"] and case["examples"] >= 1000:
        return "network"
    if case["similar"]:
        return "pretrained"
    return "collect"
