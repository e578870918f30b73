"""The running mean of batch normalization in Keras, after one batch."""

momentum = 0.9
running_mean = 10.0
batch_mean = 20.0
answer = momentum * running_mean + (1 - momentum) * batch_mean
print(f"the running mean is {answer:.1f}")
