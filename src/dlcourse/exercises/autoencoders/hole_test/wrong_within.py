# numbers within a code
def hole_test(probabilities, codes):
    readable = [row for row in probabilities if max(row) >= 0.9]
    kinds = {row.index(max(row)) for row in readable}
    spreads = [max(code) - min(code) for code in codes]
    return len(readable) / len(probabilities), len(kinds), max(spreads) <= 0.01
