"""The same weights at every step: a longer text needs no more of them."""

import torch

rnn = torch.nn.RNN(input_size=10, hidden_size=20)
for steps in (5, 500):
    text = torch.zeros(steps, 10)
    outputs, memory = rnn(text)
    print(tuple(outputs.shape), tuple(memory.shape))

for name in ("weight_ih_l0", "weight_hh_l0"):  # input, memory
    print(name, tuple(getattr(rnn, name).shape))
