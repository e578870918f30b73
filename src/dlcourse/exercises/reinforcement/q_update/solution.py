def q_update(q, state, action, reward, next_state, rate, discount):
    """Move q[state][action] towards the reward and what may follow, in place.

    q: action values for each state; next_state: None at the end of an episode.
    """
    target = reward
    if next_state is not None:  # nothing follows the end
        target += discount * max(q[next_state])
    q[state][action] += rate * (target - q[state][action])
