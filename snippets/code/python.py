"""Four idioms of Python: a comprehension, zip, an f-string and assert."""

names = ["cat", "dog"]
scores = [0.12345, 0.98]

rounded = [round(score, 1) for score in scores]  # a list made by a loop
assert len(rounded) == 2  # stops the program if it is not true

for name, score in zip(names, scores, strict=True):
    print(f"{name}: {score:.3f}")
print(f"{98765:,} images, {0.84:.0%} correct")
