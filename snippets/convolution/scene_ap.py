"""Average precision of five boxes, when there are four objects."""

num_objects = 4
found = [(0.9, True), (0.8, True), (0.6, False), (0.5, True), (0.2, False)]

precisions = []
recalls = []
num_hits = 0
print("score  hit    precision  recall")
for rank, (score, is_hit) in enumerate(found, start=1):
    num_hits += is_hit  # True counts as 1
    precision = num_hits / rank
    recall = num_hits / num_objects
    precisions.append(precision)
    recalls.append(recall)
    print(f"{score:5}  {is_hit!s:5}  {precision:9.2f}  {recall:6.2f}")

total = 0
for place, (_, is_hit) in enumerate(found):
    if is_hit:
        total += max(precisions[place:])  # the best from here on
average_precision = total / num_objects
print(f"average precision {average_precision:.4f}")
