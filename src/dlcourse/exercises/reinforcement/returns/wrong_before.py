# what came before
def find_returns(rewards, discount):
    returns = []
    total = 0
    for reward in rewards:
        total = reward + discount * total
        returns.append(total)
    return returns
