"""Does the best policy arrive? It depends on the coin and the discount."""

from dlcourse.data.environments import find_values, load_environment

discounts = (0.3, 0.5, 0.7, 0.9, 0.95, 0.99)
print("discount" + "".join(f"{discount:>9}" for discount in discounts))
for coin in (0.5, 1, 2, 3):
    corridor = load_environment("corridor", coin)
    row = f"coin {coin:<3}"
    for discount in discounts:
        values = find_values(corridor, discount, num_steps=2000)
        goes_right = values[3]  # after a step to the right of the coin
        goes_left = values[1]
        answer = "arrives" if goes_right > goes_left else "circles"
        row += f"{answer:>9}"
    print(row)
