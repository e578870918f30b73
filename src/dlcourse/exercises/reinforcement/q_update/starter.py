def q_update(q, state, action, reward, next_state, rate, discount):
    """Move q[state][action] towards the reward and what may follow, in place.

    q: action values for each state; next_state: None at the end of an episode.
    """
    # TODO: compute the target, and move one entry towards it
    raise NotImplementedError
