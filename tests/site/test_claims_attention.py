"""What the page on attention claims, with other settings than the page's; most run with --soak."""

import copy
from functools import cache, partial

import pytest
import torch
import torch.nn.functional as F
from page_snippets import run_snippet
from torch import nn

from dlcourse.exercises.attention.attention.solution import attention
from dlcourse.exercises.attention.causal_mask.solution import causal_mask
from dlcourse.models.gpt import GPT, CausalSelfAttention
from dlcourse.tasks.language_attention import AttentionLanguage

names_of = cache(partial(run_snippet, "attention"))
SOAK = pytest.mark.soak
CLOSE = {"rtol": 1e-5, "atol": 1e-5}  # float32, sums of at most some hundred products


# Queries, keys and values


@pytest.mark.parametrize("num_keys", [1, 5, 40])
@pytest.mark.parametrize("num_queries", [1, 7])
@pytest.mark.parametrize("size", [0.1, 1, 30])
def test_attention_is_a_mean_with_weights_that_add_up_to_1(num_queries, num_keys, size, seed):
    torch.manual_seed(seed)
    queries = size * torch.randn(num_queries, 8)
    keys = size * torch.randn(num_keys, 8)
    values = torch.randn(num_keys, 3)
    result, weights = names_of("attend")["attention"](queries, keys, values)
    torch.testing.assert_close(weights.sum(dim=1), torch.ones(num_queries), **CLOSE)
    assert (weights >= 0).all()
    assert (result <= values.amax(dim=0) + 1e-5).all()
    assert (result >= values.amin(dim=0) - 1e-5).all()
    by_pytorch = F.scaled_dot_product_attention(queries, keys, values)
    torch.testing.assert_close(result, by_pytorch, **CLOSE)


@pytest.mark.parametrize("num_features", [8, 64, 512])
def test_variance_of_a_score_is_the_number_of_features(num_features, seed):
    torch.manual_seed(seed)
    queries, keys = torch.randn(2, 20000, num_features)
    scores = (queries * keys).sum(dim=1)
    assert scores.var().item() == pytest.approx(num_features, rel=0.1)  # 5 standard errors or more
    assert (scores / num_features**0.5).var().item() == pytest.approx(1, rel=0.1)


@pytest.mark.parametrize("num_features", [64, 256])
def test_softmax_of_large_scores_has_slopes_near_0(num_features, seed):
    """The mean slope of the largest weight, w(1 - w), with and without the division."""
    torch.manual_seed(seed)
    scores = (torch.randn(2000, 10, num_features) * torch.randn(2000, 1, num_features)).sum(dim=2)
    slopes = []
    for divisor in (1, num_features**0.5):
        largest = (scores / divisor).softmax(dim=1).amax(dim=1)
        slopes.append((largest * (1 - largest)).mean().item())
    assert slopes[0] < 0.6 * slopes[1]


@pytest.mark.parametrize("added", [-5.0, 3.0])
def test_the_same_number_added_to_a_row_of_scores_changes_nothing(added):
    scores = torch.tensor([[1.0, 2.0, -1.0]])
    torch.testing.assert_close((scores + added).softmax(dim=1), scores.softmax(dim=1))


def test_the_bias_of_the_keys_has_no_gradient():
    torch.manual_seed(0)
    layer = CausalSelfAttention(8, 2).double()
    layer(torch.randn(3, 6, 8).double()).square().sum().backward()
    parts = layer.queries_keys_values.bias.grad.view(3, 8).abs().amax(dim=1)
    assert parts[1] < 1e-14 * parts[2] + 1e-14
    assert parts[0] > 1e-6


# Masks


@pytest.mark.parametrize("place", [0, 3, 7])
@pytest.mark.parametrize("num_layers", [1, 3])
def test_a_changed_character_changes_no_earlier_output(place, num_layers, seed):
    torch.manual_seed(seed)
    network = GPT(10, context=8, embedding_features=16, num_layers=num_layers).double()
    ids = torch.randint(9, (2, 8))
    changed = ids.clone()
    changed[:, place] = 9
    change = (network(changed) - network(ids)).abs().amax(dim=(0, 2))
    assert (change[:place] < 1e-12).all()
    assert (change[place:] > 1e-12).all()


@pytest.mark.parametrize("length", [1, 4])
@pytest.mark.parametrize("num_queries", [2, 6])
def test_padding_changes_nothing(length, num_queries, seed):
    """Queries and keys of unequal lengths, and whatever stands in the padding."""
    torch.manual_seed(seed)
    queries = torch.randn(num_queries, 8)
    keys = torch.randn(length + 3, 8)
    values = torch.randn(length + 3, 8)
    alone = attention(queries, keys[:length], values[:length])
    is_visible = torch.arange(length + 3) < length
    for padding in (1e4, 0.0):
        keys[length:] = padding
        values[length:] = padding
        padded = attention(queries, keys, values, is_visible)
        torch.testing.assert_close(padded, alone, **CLOSE)
    unmasked = attention(queries, keys, values)  # the zeros have the score 0
    assert not torch.allclose(unmasked, alone, **CLOSE)


def test_a_row_without_a_visible_key_is_nan():
    hidden = torch.full((1, 3), -torch.inf)
    assert hidden.softmax(dim=1).isnan().all()


def test_the_two_masks_of_pytorch_have_opposite_meanings():
    torch.manual_seed(0)
    layer = nn.MultiheadAttention(4, 1, batch_first=True)
    x = torch.randn(1, 3, 4)
    is_last = torch.tensor([[False, False, True]])
    _, weights = layer(x, x, x, key_padding_mask=is_last)
    assert (weights[..., 2] == 0).all()
    values = torch.eye(3).unsqueeze(0)
    read = F.scaled_dot_product_attention(x, x, values, attn_mask=is_last.expand(1, 3, 3))
    torch.testing.assert_close(read, values[:, 2:].expand(1, 3, 3))


def test_causal_mask_of_the_answer_is_the_end_of_the_square_one():
    for num_keys in (1, 4, 7):
        square = torch.ones(num_keys, num_keys).tril().bool()
        for num_queries in range(1, num_keys + 1):
            assert causal_mask(num_queries, num_keys) == square[-num_queries:].tolist()


def test_the_context_is_64_characters_unless_another_is_set():
    assert AttentionLanguage("gpt").options["context"] == 64


# Heads and positions


@pytest.mark.parametrize("features", [64, 512])
def test_the_number_of_heads_changes_no_number_of_parameters(features):
    counts = set()
    for num_heads in (1, 2, 8):
        layer = CausalSelfAttention(features, num_heads)
        theirs = nn.MultiheadAttention(features, num_heads)
        for one in (layer, theirs):
            counts.add(sum(weight.numel() for weight in one.parameters()))
    assert counts == {4 * features**2 + 4 * features}


@pytest.mark.parametrize("num_blocks", [1, 3])
def test_without_positions_a_new_order_only_reorders_the_outputs(num_blocks, seed):
    torch.manual_seed(seed)
    blocks = nn.TransformerEncoder(
        nn.TransformerEncoderLayer(16, 4, 32, dropout=0, batch_first=True), num_blocks
    ).double()
    x = torch.randn(2, 7, 16).double()
    order = torch.randperm(7)
    positions = torch.randn(7, 16).double()
    close = {"rtol": 1e-10, "atol": 1e-10}
    torch.testing.assert_close(blocks(x)[:, order], blocks(x[:, order]), **close)
    moved = blocks(x + positions)[:, order]
    assert not torch.allclose(moved, blocks(x[:, order] + positions), **close)


def test_a_causal_mask_tells_about_the_order():
    torch.manual_seed(0)
    layer = CausalSelfAttention(8, 2)
    x = torch.randn(1, 5, 8)
    assert not torch.allclose(layer(x).flip(1), layer(x.flip(1)), **CLOSE)


def train_reverser_on(length, has_positions, seed, num_steps=300):
    """Train the page's network on rows of another length."""
    names = names_of("reverse")
    network = names["Reverser"](has_positions)
    torch.manual_seed(seed)
    network.position_rows = nn.Embedding(length, 32)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(num_steps):
        digits = torch.randint(10, (64, length))
        logits = forward(network, digits)
        loss = F.cross_entropy(logits.flatten(0, 1), digits.flip(1).flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    digits = torch.randint(10, (1000, length))
    predicted = forward(network, digits).argmax(dim=2)
    return (predicted == digits.flip(1)).float().mean().item()


def forward(network, digits):
    """Do what the page's forward does, for rows of any length."""
    x = network.digit_rows(digits)
    if network.has_positions:
        x = x + network.position_rows.weight
    scores = network.queries(x) @ network.keys(x).transpose(1, 2)
    return network.output((scores / 32**0.5).softmax(dim=2) @ network.values(x))


def test_reversal_needs_positions(seed):
    names = names_of("reverse")
    if seed == 0:  # the page's own runs
        found = (names["with_positions"], names["without"])
    else:
        train = names["train_reverser"]
        found = [names["share_correct"](train(has, seed)) for has in (True, False)]
    assert found[0] >= 0.99
    assert 0.15 < found[1] < 0.5  # better than one in ten


@SOAK
@pytest.mark.parametrize("length", [4, 12])
def test_reversal_of_other_lengths_needs_positions(length, seed):
    assert train_reverser_on(length, True, seed) >= 0.99
    assert train_reverser_on(length, False, seed) < 0.5


def test_the_reverser_reads_along_the_other_diagonal():
    weights = names_of("reverse")["network"].weights[0]
    read = weights.argmax(dim=1)
    assert read.tolist() == list(range(7, -1, -1))
    assert weights.flip(1).diagonal().min() > 0.5


# Copying


def switch_off(network, layer):
    """Let a layer of a copier add nothing."""
    with torch.no_grad():
        network.layers[layer].output.weight.zero_()
        network.layers[layer].output.bias.zero_()


@cache
def train_copier(num_layers, seed):
    return names_of("copying")["train_copier"](num_layers, seed)


def test_two_layers_copy_one_does_not_and_copying_can_be_switched_off(seed):
    names = names_of("copying")
    if seed == 0:  # the page's own runs
        found = [names[one] for one in ("one_layer", "two_layers", "switched_off")]
    else:
        share = names["share_copied"]
        found = [share(train_copier(1, seed)), share(train_copier(2, seed))]
        network = copy.deepcopy(train_copier(2, seed))
        switch_off(network, 0)
        found.append(share(network))
    one, two, off = found
    assert one < 0.6
    assert two > 0.9
    assert 0.15 < off < 0.5  # without the second layer it would be lower
    assert one > 1 / 16


def test_the_maps_are_those_of_a_pair_of_layers():
    """Layer 1 reads the place before; layer 2, the place after the same symbol, rounds before."""
    network = train_copier(2, seed=7)
    torch.manual_seed(0)
    network(torch.stack([torch.randperm(16)[:8].repeat(3) for _ in range(50)]))
    first, second = (maps.mean(dim=0)[0] for maps in network.maps)  # (24, 24) each
    assert first.diagonal(-1)[:12].mean() > 0.6
    one_round = second.diagonal(-7)[2:]  # of the places from 9 on
    two_rounds = second.diagonal(-15)
    assert one_round.mean() + two_rounds.mean() > 0.6


def test_without_layer_2_the_copier_guesses():
    network = copy.deepcopy(train_copier(2, seed=7))
    switch_off(network, 1)
    assert names_of("copying")["share_copied"](network) < 0.12


@SOAK
@pytest.mark.parametrize("num_steps", [400, 1600])
def test_one_layer_does_not_copy_with_more_training(num_steps, seed):
    names = names_of("copying")
    network = names["train_copier"](1, seed, num_steps)
    assert names["share_copied"](network) < 0.65


# Cost, and what weights do not show


def test_twice_the_length_needs_four_times_the_scores():
    sizes = []
    for length in (8, 16):
        maps = GPT(5, context=16).attention_maps(torch.zeros(1, length, dtype=torch.long))
        sizes.append(maps.numel())
    assert sizes[1] == 4 * sizes[0]


def test_other_weights_give_the_same_result():
    names = names_of("same_result")
    assert torch.equal(names["first"] @ names["values"], names["second"] @ names["values"])
    assert (names["first"] - names["second"]).abs().max() >= 0.5
