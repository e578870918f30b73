# one unused number
def hole_test(probabilities, codes):
    readable = [row for row in probabilities if max(row) >= 0.9]
    kinds = {row.index(max(row)) for row in readable}
    spreads = [max(values) - min(values) for values in zip(*codes, strict=True)]
    return len(readable) / len(probabilities), len(kinds), min(spreads) <= 0.01
