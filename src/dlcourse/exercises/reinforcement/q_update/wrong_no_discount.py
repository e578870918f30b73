# no discount
def q_update(q, state, action, reward, next_state, rate, discount):
    target = reward
    if next_state is not None:
        target += max(q[next_state])
    q[state][action] += rate * (target - q[state][action])
