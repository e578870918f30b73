"""How many weights has a layer with twice as many channels?"""


def count_weights(in_channels, out_channels):
    """Count the weights of kernels of 3 x 3, without the biases."""
    num_weights = 0
    for _ in range(out_channels):  # the kernels
        for _ in range(in_channels):  # what each kernel reads
            num_weights += 3 * 3
    return num_weights


before = count_weights(in_channels=16, out_channels=32)
after = count_weights(in_channels=32, out_channels=64)
answer = after // before
print(f"{before} weights before, {after} after: {answer} times")
