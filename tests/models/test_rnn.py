import torch

from dlcourse.models.rnn import RNN


def test_shape_and_parameters():
    network = RNN(vocabulary_size=50, embedding_features=16, hidden_features=32)
    assert network(torch.zeros(3, 7, dtype=torch.long)).shape == (3, 7, 50)
    # 50 * 16 for the embedding, 32 * (16 + 32 + 2) for the layer, 50 * 32 + 50 for the output
    assert sum(weight.numel() for weight in network.parameters()) == 800 + 1600 + 1650


def test_two_steps_are_those_of_the_formula():
    torch.manual_seed(0)
    network = RNN(vocabulary_size=5, embedding_features=3, hidden_features=4).double()
    layer = network.recurrent
    state = torch.zeros(4, dtype=torch.float64)
    for character in (2, 4):
        x = network.embedding.weight[character]
        inputs = layer.weight_ih_l0 @ x + layer.bias_ih_l0
        state = (inputs + layer.weight_hh_l0 @ state + layer.bias_hh_l0).tanh()
    found = network(torch.tensor([[2, 4, 1]]))[0, 1]
    torch.testing.assert_close(found, network.output(state), rtol=1e-12, atol=1e-12)  # float64


def test_no_place_sees_a_later_character():
    torch.manual_seed(0)
    network = RNN(vocabulary_size=9)
    one = network(torch.tensor([[1, 2, 3, 4, 5]]))
    other = network(torch.tensor([[1, 2, 3, 8, 8]]))
    assert torch.equal(one[:, :3], other[:, :3])
    assert not torch.equal(one[:, 3:], other[:, 3:])
