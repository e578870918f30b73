"""Word counts are sparse: most sentences lack most words."""

sentences = ["the cat sat", "a dog ran home", "we like deep networks"]
words = sorted(set(" ".join(sentences).split()))
counts = [[s.split().count(word) for word in words] for s in sentences]
zeros = sum(row.count(0) for row in counts)
print(f"{zeros} of {len(sentences) * len(words)} counts are zero")
