"""Parameters of recurrent layers, for 10 inputs and 20 hidden units."""

from torch import nn

inputs = 10
hidden = 20
counts = {}
one_bias_of = {}
print("layer  sets  by hand  PyTorch  with one bias")
for layer_class, num_sets in ((nn.RNN, 1), (nn.GRU, 3), (nn.LSTM, 4)):
    layer = layer_class(inputs, hidden)
    count = sum(parameter.numel() for parameter in layer.parameters())
    by_hand = num_sets * hidden * (inputs + hidden + 2)  # two biases
    one_bias = num_sets * hidden * (inputs + hidden + 1)
    assert count == by_hand
    name = layer_class.__name__
    counts[name] = count
    one_bias_of[name] = one_bias
    print(f"{name:6}{num_sets:5}{by_hand:9,}{count:9,}{one_bias:15,}")
