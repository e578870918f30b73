"""How often Q-learning finds the way to the goal, from cell 0."""

import random

from dlcourse.data.environments import ENDED, load_environment

corridor = load_environment("corridor", coin=0.5)
next_states = corridor.next_states.tolist()
rewards = corridor.rewards.tolist()
discount = 0.9


def finds_goal(epsilon, seed):
    """Learn for 500 episodes; tell whether the greedy agent arrives."""
    random.seed(seed)
    q = [[0.0, 0.0] for _ in next_states]
    for episode in range(501):
        state = 0
        is_test = episode == 500  # the last episode: no exploration
        for _ in range(50):
            is_tie = q[state][0] == q[state][1]
            explores = random.random() < epsilon and not is_test
            action = int(q[state][1] > q[state][0])
            if is_tie or explores:
                action = random.randrange(2)
            target = rewards[state][action]
            next_state = next_states[state][action]
            if next_state == ENDED:
                q[state][action] += 0.5 * (target - q[state][action])
                break
            target += discount * max(q[next_state])
            q[state][action] += 0.5 * (target - q[state][action])
            state = next_state
    return next_state == ENDED


shares = {}
print("epsilon  arrives")
for epsilon in (0, 0.1, 0.3, 0.5):
    arrivals = [finds_goal(epsilon, seed) for seed in range(20)]
    shares[epsilon] = sum(arrivals) / len(arrivals)
    print(f"{epsilon:7}{shares[epsilon]:9.0%}")
