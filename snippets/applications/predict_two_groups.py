"""The average over all examples hardly shows a small group."""

dark_correct = 0.98 * 950
white_correct = 0.40 * 50
answer = f"{(dark_correct + white_correct) / 1000:.0%}"
print(answer)
