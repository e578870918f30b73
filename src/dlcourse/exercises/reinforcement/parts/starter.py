def play(policy, environment, state):
    """Play an episode; return a list with (state, action, reward) for each step."""
    # TODO: let policy and environment take turns until the state is None; then the others
    raise NotImplementedError


def find_return(steps):
    """Return the sum of the rewards of all steps."""
    raise NotImplementedError


def find_value(policy, environment, state, num_episodes):
    """Return the mean return of several episodes that begin in a state."""
    raise NotImplementedError
