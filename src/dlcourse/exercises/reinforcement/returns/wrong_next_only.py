# only the next reward
def find_returns(rewards, discount):
    returns = []
    for k, reward in enumerate(rewards):
        after = rewards[k + 1] if k + 1 < len(rewards) else 0
        returns.append(reward + discount * after)
    return returns
