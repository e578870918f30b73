# the light is on with both up
def xor_weights():
    W = [[1, 0], [0, 1]]
    v = [1, 1]
    return (W, v)
