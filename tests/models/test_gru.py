import torch

from dlcourse.models.gru import GRU


def test_shape_and_parameters():
    network = GRU(vocabulary_size=50, embedding_features=16, hidden_features=32)
    assert network(torch.zeros(3, 7, dtype=torch.long)).shape == (3, 7, 50)
    # 50 * 16 for the embedding, 3 gates of 32 * (16 + 32 + 2), 50 * 32 + 50 for the output
    assert sum(weight.numel() for weight in network.parameters()) == 800 + 4800 + 1650


def test_a_step_is_that_of_the_paper():
    torch.manual_seed(0)
    network = GRU(vocabulary_size=5, embedding_features=3, hidden_features=4).double()
    layer = network.recurrent
    x = network.embedding.weight[2]  # the first character; the state before it is 0
    inputs = layer.weight_ih_l0 @ x + layer.bias_ih_l0
    reset, update, candidate = inputs.chunk(3)
    reset_bias, update_bias, candidate_bias = layer.bias_hh_l0.chunk(3)
    reset = (reset + reset_bias).sigmoid()
    update = (update + update_bias).sigmoid()
    candidate = (candidate + reset * candidate_bias).tanh()
    state = (1 - update) * candidate  # update * 0 of the state before
    expected = network.output(state)
    found = network(torch.tensor([[2, 0, 1]]))[0, 0]
    torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-12)  # float64


def test_no_place_sees_a_later_character():
    torch.manual_seed(0)
    network = GRU(vocabulary_size=9)
    one = network(torch.tensor([[1, 2, 3, 4, 5]]))
    other = network(torch.tensor([[1, 2, 3, 8, 8]]))
    assert torch.equal(one[:, :3], other[:, :3])
    assert not torch.equal(one[:, 3:], other[:, 3:])
