"""Pick a row, a number, a column or several columns from a table."""

import torch

row = [1, 2, 3]
next_row = [4, 5, 6]
table = torch.tensor([row, next_row])  # (2, 3)

print(table[0])  # row 0, which is the first: Python counts from 0
print(table[1, 2])  # row 1, column 2
print(table[:, 0])  # all rows, column 0
print(table[:, 1:])  # all rows, the columns from number 1 on
print(table[-1])  # the last row
print(table[table > 2])  # the numbers for which the condition is true
