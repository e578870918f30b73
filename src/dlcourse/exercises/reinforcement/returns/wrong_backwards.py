# backwards
def find_returns(rewards, discount):
    returns = []
    later = 0
    for reward in reversed(rewards):
        later = reward + discount * later
        returns.append(later)
    return returns
