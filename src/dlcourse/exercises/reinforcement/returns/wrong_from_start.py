# discounted from the start
def find_returns(rewards, discount):
    discounted = [reward * discount**k for k, reward in enumerate(rewards)]
    return [sum(discounted[k:]) for k in range(len(rewards))]
