"""Half of the work on four processes."""

seconds = 100
alone = 0.5 * seconds
divided = 0.5 * seconds / 4
answer = seconds / (alone + divided)
print(answer)
