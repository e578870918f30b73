"""With each further column, the same examples fill less of the space."""

num_examples = 1295
for num_columns in (1, 2, 4, 6):
    num_cells = 10**num_columns  # each column divided into ten ranges
    share = min(1, num_examples / num_cells)  # one example fills one cell
    print(f"{num_columns} columns, {num_cells:9,} cells: {share:.1%} filled")
