# the light is not 1
def xor_weights():
    W = [[1, -1], [-1, 1]]
    v = [2, 2]
    return (W, v)
