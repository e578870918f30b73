# the state stays
def play(policy, environment, state):
    """Play an episode; return a list with (state, action, reward) for each step."""
    steps = []
    while state is not None:
        action = policy(state)
        reward, next_state = environment(state, action)
        steps.append((state, action, reward))
        if next_state is None:
            break
    return steps


def find_return(steps):
    """Return the sum of the rewards of all steps."""
    total = 0
    for _state, _action, reward in steps:
        total += reward
    return total


def find_value(policy, environment, state, num_episodes):
    """Return the mean return of several episodes that begin in a state."""
    total = 0
    for _ in range(num_episodes):
        total += find_return(play(policy, environment, state))
    return total / num_episodes
