"""What is a reward worth that comes after twenty steps?"""

worths = {}
for discount in (0.9, 0.99):
    worth = 1.0
    for _ in range(20):
        worth *= discount
    worths[discount] = round(worth, 2)
    print(f"discount {discount}: {worths[discount]}")
answer = worths[0.99]
print("answer:", answer)
