"""Which discounts and coins let Q-learning arrive, and the exact border."""

import random

import matplotlib.pyplot as plt

from dlcourse.data.environments import ENDED, load_environment


def arrives(discount, coin):
    """Learn the table from random moves; tell where its best move leads."""
    corridor = load_environment("corridor", coin)
    next_states = corridor.next_states.tolist()
    rewards = corridor.rewards.tolist()
    random.seed(0)
    q = [[0.0, 0.0] for _ in next_states]
    for _ in range(8000):
        state = random.randrange(6)
        action = random.randrange(2)
        next_state = next_states[state][action]
        target = rewards[state][action]
        if next_state != ENDED:
            target += discount * max(q[next_state])
        q[state][action] = target  # a rate of 1: nothing here is random
    return q[2][1] > q[2][0]


plt.figure(figsize=(4.2, 3.2))
for discount in [number / 20 for number in range(1, 20)]:
    for coin in [number / 5 + 0.1 for number in range(15)]:
        is_goal = arrives(discount, coin)
        color = "C0" if is_goal else "C1"
        marker = "o" if is_goal else "x"
        plt.plot(
            discount,
            coin,
            marker,
            color=color,
            markersize=4,
        )
discounts = [number / 200 for number in range(201)]
border = []
for discount in discounts:
    border.append(10 * discount**2 * (1 - discount**2))
plt.plot(discounts, border, color="black")
plt.plot([], [], "o", color="C0", label="arrives")
plt.plot([], [], "x", color="C1", label="circles")
plt.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
plt.xlabel("discount γ")
plt.ylabel("value of the coin")
plt.show()
