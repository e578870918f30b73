"""A text is full of questions with answers: which word comes next?"""

words = ["the", "goat", "eats", "the", "cabbage"]
for position in range(1, len(words)):
    before = " ".join(words[:position])  # the input
    print(before, "->", words[position])  # the correct answer
