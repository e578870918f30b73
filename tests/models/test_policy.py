import torch

from dlcourse.models.policy import Policy


def test_shape_and_parameters():
    network = Policy(num_states=12, num_actions=4, hidden_features=8)
    assert network(torch.zeros(3, 5, dtype=torch.long)).shape == (3, 5, 4)
    # 12 * 8 for the embedding, 8 * 4 + 4 for the output
    assert sum(weight.numel() for weight in network.parameters()) == 96 + 36


def test_at_the_beginning_all_actions_are_equally_likely():
    probabilities = Policy(5, 4)(torch.arange(5)).softmax(dim=1)
    assert torch.equal(probabilities, torch.full((5, 4), 0.25))


def test_an_embedding_is_a_linear_layer_for_one_hot_states():
    torch.manual_seed(0)
    network = Policy(5, 3, hidden_features=4)
    torch.nn.init.normal_(network.output.weight)
    one_hot = torch.eye(5)
    hidden = (one_hot @ network.hidden.weight).relu()
    expected = hidden @ network.output.weight.T + network.output.bias
    torch.testing.assert_close(network(torch.arange(5)), expected)
