"""Attention by hand: one query, three keys, three values."""

import math

query = [2.0, 1.0]  # what this place looks for
keys = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]  # what each place offers
values = [[10.0, 0.0], [0.0, 10.0], [5.0, 5.0]]  # what each place hands over

scores = []
for key in keys:
    score = query[0] * key[0] + query[1] * key[1]
    scores.append(score / math.sqrt(2))  # 2 numbers in a query

exponentials = [math.exp(score) for score in scores]
weights = [each / sum(exponentials) for each in exponentials]

result = [0.0, 0.0]
for weight, value in zip(weights, values, strict=True):
    result[0] += weight * value[0]
    result[1] += weight * value[1]

print("scores ", [round(score, 2) for score in scores])
print("weights", [round(weight, 2) for weight in weights])
print("result ", [round(number, 2) for number in result])
