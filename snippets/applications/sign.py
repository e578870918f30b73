"""Each letter is recognized 99 times in 100. How often is the whole sign?"""

for num_letters in (1, 10, 30):
    share = 0.99**num_letters  # if errors are independent of each other
    print(f"{num_letters:2} letters: {share:.0%} of the signs are correct")
