"""Each column multiplies the number of cells by ten."""

examples = 1000
columns = 1
while examples / 10**columns > 1 / 100:
    columns += 1
answer = columns
print(answer, "columns have", 10**columns, "cells")
