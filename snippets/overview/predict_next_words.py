"""A sentence contains several questions with their answers."""

words = ["the", "small", "dog", "sees", "a", "cat"]
questions = []
for place in range(1, len(words)):
    before = words[:place]
    questions.append((before, words[place]))
    print(" ".join(before), "->", words[place])
answer = len(questions)
print(answer)
