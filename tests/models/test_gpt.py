import math

import pytest
import torch
import torch.nn.functional as F

from dlcourse.models.gpt import GPT, CausalSelfAttention, attention_weights

# In float64 two orders of the same sums of some hundred products differ in the last digits alone.
SAME = {"rtol": 1e-11, "atol": 1e-11}


def count(network):
    return sum(weight.numel() for weight in network.parameters())


def make_network(num_layers=2, num_heads=4, seed=0):
    """Return a network whose weights are large enough for attention weights far from equal."""
    torch.manual_seed(seed)
    network = GPT(9, 12, 16, num_layers, num_heads).double()
    with torch.no_grad():
        for weight in network.parameters():
            weight.add_(0.3 * torch.randn_like(weight))
    return network


def write_out(network):
    for block in network.blocks:
        block.attention.is_written_out = True
    return network


def test_gpt2_small_has_its_published_number_of_parameters():
    with torch.device("meta"):  # shapes without memory
        network = GPT(50257, 1024, 768, num_layers=12, num_heads=12)
    assert count(network) == 124_439_808  # the weights that OpenAI published in 2019


@pytest.mark.parametrize("num_heads", [1, 2, 8])
def test_parameters_follow_the_formula_for_each_number_of_heads(num_heads):
    network = GPT(50, context=7, embedding_features=16, num_layers=3, num_heads=num_heads)
    embeddings = 50 * 16 + 7 * 16
    last_norm = 2 * 16
    assert count(network) == embeddings + 3 * (12 * 16**2 + 13 * 16) + last_norm
    assert network(torch.zeros(2, 5, dtype=torch.long)).shape == (2, 5, 50)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("num_heads", [1, 4])
@pytest.mark.parametrize("length", [1, 2, 12])
def test_written_out_and_fused_attention_give_equal_outputs_and_gradients(num_heads, length, seed):
    network = make_network(num_heads=num_heads, seed=seed)
    ids = torch.randint(9, (3, length))
    found = []
    for _ in range(2):
        network.zero_grad()
        logits = network(ids)
        logits.square().mean().backward()
        found.append([logits, *(weight.grad for weight in network.parameters())])
        write_out(network)
    torch.testing.assert_close(found[0], found[1], **SAME)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("is_written_out", [False, True])
def test_no_place_sees_a_later_character(is_written_out, seed):
    network = make_network(seed=seed)
    if is_written_out:
        write_out(network)
    ids = torch.randint(8, (4, 12))
    before = network(ids)
    for place in range(12):
        changed = ids.clone()
        changed[:, place] = 8  # a character that is nowhere else
        after = network(changed)
        torch.testing.assert_close(after[:, :place], before[:, :place], **SAME)
        is_equal = torch.isclose(after[:, place:], before[:, place:], **SAME)
        assert not is_equal.flatten(2).all(dim=2).any()  # what follows does depend on it


def test_a_head_is_a_weighted_mean_of_values():
    torch.manual_seed(0)
    attention = CausalSelfAttention(features=4, num_heads=2).double()
    x = torch.randn(1, 3, 4, dtype=torch.float64)
    parts = F.linear(x[0], attention.queries_keys_values.weight).split(4, dim=1)
    attention.queries_keys_values.bias.data.zero_()
    read = torch.zeros(3, 4, dtype=torch.float64)
    for head in (slice(0, 2), slice(2, 4)):
        queries, keys, values = (part[:, head] for part in parts)
        for place in range(3):
            scores = []
            for other in range(place + 1):
                product = queries[place] @ keys[other]
                scores.append((product / math.sqrt(2)).exp())
            for other in range(place + 1):
                read[place, head] += scores[other] / sum(scores) * values[other]
    torch.testing.assert_close(attention(x)[0], attention.output(read), **SAME)


@pytest.mark.parametrize("seed", range(3))
def test_rows_of_attention_add_up_to_1_and_have_no_weight_on_later_places(seed):
    torch.manual_seed(seed)
    queries, keys = torch.randn(2, 5, 2, 6, 3, dtype=torch.float64)
    weights = attention_weights(queries, keys)
    assert weights.shape == (5, 2, 6, 6)
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(5, 2, 6).double(), **SAME)
    assert torch.equal(weights, weights.tril())
    assert (weights[..., 1, :2] > 0).all()


def test_the_maps_are_the_weights_that_the_blocks_use():
    network = write_out(make_network())
    ids = torch.randint(9, (2, 5))
    maps = network.attention_maps(ids)
    assert maps.shape == (2, 2, 4, 5, 5)
    x = network.embed(ids)
    for block, weights in zip(network.blocks, maps, strict=True):
        attention = block.attention
        _, _, values = attention.project(block.attention_norm(x))
        read = (weights @ values).transpose(1, 2).flatten(2)
        x = x + attention.output(read)
        x = x + block.network(block.network_norm(x))
    logits = F.linear(network.norm(x), network.character_embedding.weight)
    torch.testing.assert_close(logits, network(ids), **SAME)


def test_the_same_character_has_another_embedding_at_another_place():
    x = make_network().embed(torch.zeros(1, 3, dtype=torch.long))[0]
    assert not torch.equal(x[0], x[1])


def test_initial_weights_are_those_of_gpt2():
    torch.manual_seed(0)
    network = GPT(500, 64, 128, num_layers=8)
    attention = network.blocks[3].attention
    for weight, expected in (
        (network.character_embedding.weight, 0.02),
        (network.position_embedding.weight, 0.02),
        (attention.queries_keys_values.weight, 0.02),
        (attention.output.weight, 0.02 / 4),  # 8 blocks add 16 times
        (network.blocks[3].network.hidden.weight, 0.02),
        (network.blocks[3].network.output.weight, 0.02 / 4),
    ):
        assert weight.std().item() == pytest.approx(expected, rel=0.05)
    assert not attention.output.bias.any()
    loss = F.cross_entropy(
        network(torch.randint(500, (8, 64))).flatten(0, 1), torch.arange(512) % 500
    )
    assert loss.item() == pytest.approx(math.log(500), abs=0.1)


@pytest.mark.parametrize("places", [13, 40])
def test_a_text_that_is_longer_than_the_context_is_refused(places):
    with pytest.raises(ValueError, match=f"^ids must have at most 12 places, got {places}$"):
        make_network()(torch.zeros(1, places, dtype=torch.long))


def test_heads_must_divide_the_features():
    with pytest.raises(ValueError, match="num_heads must divide embedding_features, got 3 and 64"):
        GPT(9, num_heads=3)
