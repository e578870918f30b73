"""Count the epochs in training mode if train() is called only once."""

from torch import nn

network = nn.Dropout(0.5)
network.train()
num_in_training = 0
for _ in range(10):
    if network.training:  # here the mini-batches would be computed
        num_in_training += 1
    network.eval()  # the validation

answer = num_in_training
print(answer)
