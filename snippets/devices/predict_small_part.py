"""What an example counts if the means of parts are averaged."""

num_parts = 3
in_first_part = 1 / num_parts / 5
in_last_part = 1 / num_parts / 2
answer = in_last_part / in_first_part
answer = round(answer, 6)
print(answer)
