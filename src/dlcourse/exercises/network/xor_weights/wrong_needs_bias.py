# a bias would be needed
def xor_weights():
    W = [[1, 1], [1, 1]]
    v = [1, -2]
    return (W, v)
