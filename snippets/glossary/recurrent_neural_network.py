"""The same weights at every step: a longer text needs no more of them."""

import torch

rnn = torch.nn.RNN(input_size=10, hidden_size=20)
print(sum(parameter.numel() for parameter in rnn.parameters()))
for steps in (5, 500):
    outputs, memory = rnn(torch.zeros(steps, 10))
    print(tuple(outputs.shape), tuple(memory.shape))
