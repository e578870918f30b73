# state 0 is not the end
def q_update(q, state, action, reward, next_state, rate, discount):
    target = reward
    if next_state:
        target += discount * max(q[next_state])
    q[state][action] += rate * (target - q[state][action])
