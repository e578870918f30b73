"""Seven heads and three tails are most probable with a coin of 0.7."""

for heads in (0.5, 0.7, 0.9):  # the parameter: probability of heads
    tails = 1 - heads
    likelihood = heads**7 * tails**3
    print(f"{heads}: {likelihood:.5f}")
