# the same action
def q_update(q, state, action, reward, next_state, rate, discount):
    target = reward
    if next_state is not None:
        target += discount * q[next_state][action]
    q[state][action] += rate * (target - q[state][action])
