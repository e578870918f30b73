# no discount
def find_returns(rewards, discount):
    return [sum(rewards[k:]) for k in range(len(rewards))]
