"""The same answer for everybody is almost always correct for a rare disease."""

people = 1000
sick = 1
correct = people - sick  # everybody is called healthy
answer = correct / people
print(answer)
