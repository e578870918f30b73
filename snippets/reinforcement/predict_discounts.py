"""For which discounts does an agent with exact values reach the goal?"""


def step(state, action, coin):
    """Return the next state, the reward, and whether the episode is over."""
    next_state = max(state + action, 0)
    if next_state == 6:
        return next_state, 10, True
    if next_state == 2:
        return next_state, coin, False
    return next_state, 0, False


def find_values(discount, coin):
    """Return {(state, action): value} by value iteration."""
    q = {}
    for state in range(6):
        q[state, -1] = 0.0
        q[state, 1] = 0.0
    for _ in range(1000):
        for state, action in q:
            next_state, reward, is_over = step(state, action, coin)
            q[state, action] = reward
            if not is_over:
                best = max(q[next_state, -1], q[next_state, 1])
                q[state, action] += discount * best
    return q


def arrives(discount, coin):
    """Say whether the agent leaves the coin behind."""
    q = find_values(discount, coin)
    return q[3, 1] > q[3, -1]


arriving = []
for discount in (0.3, 0.7, 0.95):
    border = 10 * discount**2 * (1 - discount**2)
    is_arriving = arrives(discount, coin=2)
    print(f"discount {discount}: arrives {is_arriving}, border {border:.2f}")
    if is_arriving:
        arriving.append(str(discount))
answer = ", ".join(arriving)
print("answer:", answer)
