# the end has no next state
def q_update(q, state, action, reward, next_state, rate, discount):
    after = q[-1] if next_state is None else q[next_state]
    target = reward + discount * max(after)
    q[state][action] += rate * (target - q[state][action])
