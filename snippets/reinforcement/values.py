"""Value iteration: what each action is worth if all later ones are best."""


def step(state, action, coin):
    """Return the next state, the reward, and whether the episode is over."""
    next_state = max(state + action, 0)
    if next_state == 6:
        return next_state, 10, True
    if next_state == 2:
        return next_state, coin, False
    return next_state, 0, False


def find_values(discount, coin, num_rounds=2000):
    """Return {(state, action): value} for the six cells of the corridor."""
    q = {}
    for state in range(6):
        for action in (-1, 1):
            q[state, action] = 0.0
    for _ in range(num_rounds):
        new_q = {}
        for state, action in q:
            next_state, reward, is_over = step(state, action, coin)
            new_q[state, action] = reward
            if not is_over:
                best = max(q[next_state, -1], q[next_state, 1])
                new_q[state, action] += discount * best
        q = new_q
    return q


q = find_values(discount=0.9, coin=0.5)
print("cell   left  right")
for state in range(6):
    print(f"{state:4}{q[state, -1]:7.2f}{q[state, 1]:7.2f}")
