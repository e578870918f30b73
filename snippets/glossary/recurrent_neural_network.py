"""The same weights at every step: a longer text needs no more of them."""

import torch

rnn = torch.nn.RNN(input_size=10, hidden_size=20)
for steps in (5, 500):
    text = torch.zeros(steps, 10)
    outputs, memory = rnn(text)
    print(tuple(outputs.shape), tuple(memory.shape))

print(tuple(rnn.weight_ih_l0.shape))  # from the input
print(tuple(rnn.weight_hh_l0.shape))  # from the memory
