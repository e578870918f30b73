"""Word counts are sparse: most sentences lack most words."""

sentences = ["the cat sat", "a dog ran home", "we like deep networks"]
words = sorted({word for sentence in sentences for word in sentence.split()})
counts = [[sentence.split().count(word) for word in words] for sentence in sentences]
zeros = sum(row.count(0) for row in counts)
print(f"{zeros} of {len(sentences) * len(words)} counts are zero")
