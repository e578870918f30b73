"""What a reward of 1 is worth now if it comes later."""

print("discount  in 4 steps  in 20  in 100  a coin at every step")
for discount in (0.5, 0.9, 0.99):
    row = f"{discount:8}"
    for num_steps in (4, 20, 100):
        worth = discount**num_steps
        row += f"{worth:9.4f}"
    for_ever = 1 / (1 - discount)  # 1 + discount + discount² + ...
    print(row + f"{for_ever:14.0f}")
