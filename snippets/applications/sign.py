"""Each letter is read right 99 times in 100. And the whole sign?"""

for num_letters in (1, 10, 30):
    share = 0.99**num_letters  # every single letter must be right
    print(f"{num_letters:2} letters: {share:.0%} of the signs are read right")
