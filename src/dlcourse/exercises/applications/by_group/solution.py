def by_group(predicted, correct, groups):
    """Return the accuracy of each group, and that of all examples under "all"."""
    examples = {}
    hits = {}
    for guess, truth, group in zip(predicted, correct, groups, strict=True):
        examples[group] = examples.get(group, 0) + 1
        hits[group] = hits.get(group, 0) + int(guess == truth)
    accuracy = {group: hits[group] / examples[group] for group in examples}
    accuracy["all"] = sum(hits.values()) / len(correct)  # not the mean of the groups
    return accuracy
