"""Q-learning: the same table from experience, without the rules."""

import random

from dlcourse.data.environments import ENDED, load_environment


def learn(discount, coin, seed, epsilon=0.5, num_episodes=2000):
    """Return the learned table q[state][action] and the mean length."""
    corridor = load_environment("corridor", coin)
    next_states = corridor.next_states.tolist()
    rewards = corridor.rewards.tolist()
    random.seed(seed)
    q = [[0.0, 0.0] for _ in next_states]
    num_steps = 0
    for _ in range(num_episodes):
        state = random.randrange(6)
        for _ in range(50):  # steps of an episode, at most
            action = int(q[state][1] > q[state][0])  # 0 is left, 1 is right
            if random.random() < epsilon or q[state][0] == q[state][1]:
                action = random.randrange(2)
            reward = rewards[state][action]
            next_state = next_states[state][action]
            target = reward
            if next_state != ENDED:
                target += discount * max(q[next_state])
            q[state][action] += 0.5 * (target - q[state][action])
            num_steps += 1
            if next_state == ENDED:
                break
            state = next_state
    return q, num_steps / num_episodes


q, mean_length = learn(discount=0.9, coin=0.5, seed=0)
print("cell   left  right")
for state in range(6):
    left, right = q[state]
    print(f"{state:4}{left:7.2f}{right:7.2f}")
