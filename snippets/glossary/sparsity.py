"""Word counts are sparse: most sentences lack most words."""

sentences = ["the cat sat", "a dog ran home", "we like deep networks"]
words = sorted(set(" ".join(sentences).split()))

num_counts = 0
num_zeros = 0
for sentence in sentences:
    for word in words:
        count = sentence.split().count(word)
        num_counts += 1
        num_zeros += int(count == 0)
print(f"{num_zeros} of {num_counts} counts are zero")
