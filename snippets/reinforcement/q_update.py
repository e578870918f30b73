"""The Q update: one possible answer to the exercise."""

import math


def q_update(
    q,
    state,
    action,
    reward,
    next_state,
    rate,
    discount,
):
    """Move q[state][action] towards the reward and what may follow."""
    target = reward
    if next_state is not None:
        target += discount * max(q[next_state])
    q[state][action] += rate * (target - q[state][action])


q = [[0.0, 2.0], [4.0, 1.0]]
q_update(
    q,
    0,
    1,
    reward=1.0,
    next_state=1,
    rate=0.5,
    discount=0.9,
)
assert math.isclose(q[0][1], 3.3)  # half way from 2 to 1 + 0.9 * 4
q_update(
    q,
    1,
    0,
    reward=10.0,
    next_state=None,
    rate=0.5,
    discount=0.9,
)
assert q[1] == [7.0, 1.0]  # half way from 4 to 10: nothing follows
