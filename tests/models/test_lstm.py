import torch

from dlcourse.models.lstm import LSTM


def test_shape_and_parameters():
    network = LSTM(vocabulary_size=50, embedding_features=16, hidden_features=32)
    assert network(torch.zeros(3, 7, dtype=torch.long)).shape == (3, 7, 50)
    # 50 * 16 for the embedding, 4 gates of 32 * (16 + 32 + 2), 50 * 32 + 50 for the output
    assert sum(weight.numel() for weight in network.parameters()) == 800 + 6400 + 1650


def test_a_step_is_that_of_the_paper():
    torch.manual_seed(0)
    network = LSTM(vocabulary_size=5, embedding_features=3, hidden_features=4).double()
    layer = network.recurrent
    x = network.embedding.weight[2]  # the first character; state and cell before it are 0
    gates = layer.weight_ih_l0 @ x + layer.bias_ih_l0 + layer.bias_hh_l0
    input_gate, _, candidate, output_gate = gates.chunk(4)  # the forget gate has nothing to forget
    cell = input_gate.sigmoid() * candidate.tanh()
    state = output_gate.sigmoid() * cell.tanh()
    expected = network.output(state)
    found = network(torch.tensor([[2, 0, 1]]))[0, 0]
    torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-12)  # float64


def test_no_place_sees_a_later_character():
    torch.manual_seed(0)
    network = LSTM(vocabulary_size=9)
    one = network(torch.tensor([[1, 2, 3, 4, 5]]))
    other = network(torch.tensor([[1, 2, 3, 8, 8]]))
    assert torch.equal(one[:, :3], other[:, :3])
    assert not torch.equal(one[:, 3:], other[:, 3:])
