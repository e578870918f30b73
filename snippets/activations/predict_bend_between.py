"""With a ReLU in between, two layers are more than one."""

x = -1
first = 2 * x + 1
bent = max(0, first)  # ReLU
answer = 3 * bent - 4
print(answer)
assert 3 * first - 4 == 6 * x - 1  # without it, both are one layer
