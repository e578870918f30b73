"""Count the steps of five epochs with 100 examples, in batches of 32."""

num_steps = 0
for _ in range(5):
    for _ in range(0, 100, 32):  # batches start at 0, 32, 64 and 96
        num_steps += 1

answer = num_steps
print(answer)
