"""A decoder-only transformer that reads a text and predicts each next character."""

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class GPT(nn.Module):
    """A language model: embeddings, blocks of attention and a small network, tied output.

    The logits are products with the embeddings of the characters, so the output has no weights of
    its own. With n = embedding_features, a block has 12 n^2 + 13 n parameters.

    Shapes: ids (batch, length) of characters, length at most context -> logits (batch, length,
        vocabulary_size); those at a place depend on the characters up to that place alone.
    Raises: ValueError when num_heads does not divide embedding_features, or a text is longer than
        context.
    Source: Radford and others (2019), Language models are unsupervised multitask learners (GPT-2),
        after Vaswani and others (2017), Attention is all you need.
    """

    def __init__(
        self,
        vocabulary_size: int,
        context: int = 64,
        embedding_features: int = 64,
        num_layers: int = 2,
        num_heads: int = 4,
    ):
        super().__init__()
        self.context = context
        self.character_embedding = nn.Embedding(vocabulary_size, embedding_features)
        self.position_embedding = nn.Embedding(context, embedding_features)
        blocks = [Block(embedding_features, num_heads) for _ in range(num_layers)]
        self.blocks = nn.Sequential(*blocks)
        self.norm = nn.LayerNorm(embedding_features)
        self.initialize_weights()

    def forward(self, ids: Tensor) -> Tensor:
        """Return a row of logits for each place of each text."""
        x = self.embed(ids)  # (batch, length, embedding_features)
        x = self.blocks(x)  # (batch, length, embedding_features)
        x = self.norm(x)
        return F.linear(x, self.character_embedding.weight)  # (batch, length, vocabulary_size)

    def embed(self, ids: Tensor) -> Tensor:
        """Return for each place the sum of two rows: one of its character, one of its position."""
        length = ids.shape[1]
        if length > self.context:
            raise ValueError(f"ids must have at most {self.context} places, got {length}")
        positions = torch.arange(length, device=ids.device)
        x = self.character_embedding(ids)  # (batch, length, embedding_features)
        return x + self.position_embedding(positions)  # (length, embedding_features) for each text

    def attention_maps(self, ids: Tensor) -> Tensor:
        """Return the attention weights of all blocks.

        Shapes: ids (batch, length) -> (num_layers, batch, num_heads, length, length).
        """
        x = self.embed(ids)
        maps = []
        block: Any
        for block in self.blocks:
            queries, keys, _ = block.attention.project(block.attention_norm(x))
            maps.append(attention_weights(queries, keys))
            x = block(x)
        return torch.stack(maps)

    def initialize_weights(self) -> None:
        """Draw the weights as GPT-2 does, so that the initial logits are close to 0."""
        # Each block adds to x twice. Smaller additions keep the sum of all of them at its size.
        num_additions = 2 * len(self.blocks)
        for name, parameter in self.named_parameters():
            if name.endswith("output.weight"):
                nn.init.normal_(parameter, std=0.02 / math.sqrt(num_additions))
            elif parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)


class Block(nn.Module):
    """Attention moves information between places, then a network works on each place alone.

    Shapes: x (batch, length, features) -> the same.
    """

    def __init__(self, features: int, num_heads: int):
        super().__init__()
        self.attention_norm = nn.LayerNorm(features)
        self.attention = CausalSelfAttention(features, num_heads)
        self.network_norm = nn.LayerNorm(features)
        self.network = PositionwiseNetwork(features)

    def forward(self, x: Tensor) -> Tensor:
        """Return x with what both parts add to it."""
        x = x + self.attention(self.attention_norm(x))  # (batch, length, features)
        return x + self.network(self.network_norm(x))  # (batch, length, features)


class CausalSelfAttention(nn.Module):
    """Each place reads from itself and earlier places, in several heads side by side.

    is_written_out: compute the weights step by step, as a page shows it, instead of with PyTorch's
    faster function. Both give the same outputs.

    Shapes: x (batch, length, features) -> the same.
    """

    is_written_out = False

    def __init__(self, features: int, num_heads: int):
        super().__init__()
        if features % num_heads:
            given = f"{num_heads} and {features}"
            raise ValueError(f"num_heads must divide embedding_features, got {given}")
        self.num_heads = num_heads
        self.queries_keys_values = nn.Linear(features, 3 * features)
        self.output = nn.Linear(features, features)

    def forward(self, x: Tensor) -> Tensor:
        """Return for each place what its heads have read."""
        queries, keys, values = self.project(x)  # each (batch, num_heads, length, head_features)
        if self.is_written_out:
            read = attention_weights(queries, keys) @ values
        else:
            read = F.scaled_dot_product_attention(
                queries,
                keys,
                values,
                is_causal=True,
            )
        read = read.transpose(1, 2)  # (batch, length, num_heads, head_features)
        read = read.flatten(2)  # (batch, length, features)
        return self.output(read)

    def project(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return queries, keys and values, each (batch, num_heads, length, head_features)."""
        projected = self.queries_keys_values(x)  # (batch, length, 3 * features)
        projected = projected.unflatten(2, (3, self.num_heads, -1))
        projected = projected.transpose(1, 3)  # (batch, num_heads, 3, length, head_features)
        queries, keys, values = projected.unbind(2)
        return queries, keys, values


def attention_weights(queries: Tensor, keys: Tensor) -> Tensor:
    """Return how much of each place's value each place takes: rows that add up to 1.

    Shapes: queries and keys (..., length, head_features) -> (..., length, length); row i has zeros
        for the places after i.
    """
    length, head_features = queries.shape[-2:]
    scores = queries @ keys.transpose(-2, -1)  # (..., length, length)
    scores = scores / math.sqrt(head_features)
    is_later = torch.ones(
        length,
        length,
        dtype=torch.bool,
        device=scores.device,
    ).triu(1)
    scores = scores.masked_fill(is_later, -math.inf)
    return scores.softmax(dim=-1)


class PositionwiseNetwork(nn.Module):
    """A network with one hidden layer, four times as wide, for each place alone.

    Shapes: x (..., features) -> the same.
    """

    def __init__(self, features: int):
        super().__init__()
        self.hidden = nn.Linear(features, 4 * features)
        self.output = nn.Linear(4 * features, features)

    def forward(self, x: Tensor) -> Tensor:
        """Return a row of features for each place."""
        x = F.gelu(self.hidden(x))  # (..., 4 * features)
        return self.output(x)  # (..., features)
