"""Tokens per CPU second of our GPT, beside a loop of nanoGPT's structure, in turn on one text.

`python benchmarks/transformers.py` trains both for some steps, one after the other and several
times, on one thread, and prints the median of each. The sizes are those that nanoGPT proposes for a
CPU: 4 blocks with 4 heads, 128 features, a context of 64, batches of 12, no dropout. Both use
AdamW, limit the gradient to a length of 1 and compute one loss for each token.
Source: A. Karpathy, nanoGPT (2022): its structure in our own words, not its code.
"""

import argparse
import math
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.text import TextBatches, load_text
from dlcourse.tasks.language_attention import AttentionLanguage
from dlcourse.training.config import TrainConfig
from dlcourse.training.trainer import Trainer

SIZES = {"context": 64, "embedding_features": 128, "num_layers": 4, "num_heads": 4}
BATCH = 12
LEARNING_RATE = 1e-3


class PeerBlock(nn.Module):
    """A block with nanoGPT's steps: one linear layer for q, k and v, cut into heads by view."""

    def __init__(self, features, num_heads):
        super().__init__()
        self.num_heads = num_heads
        self.first_norm = nn.LayerNorm(features)
        self.qkv = nn.Linear(features, 3 * features)
        self.projection = nn.Linear(features, features)
        self.second_norm = nn.LayerNorm(features)
        self.wide = nn.Linear(features, 4 * features)
        self.narrow = nn.Linear(4 * features, features)
        self.dropout = nn.Dropout(0.0)

    def forward(self, x):
        batch, length, features = x.shape
        parts = self.qkv(self.first_norm(x)).split(features, dim=2)
        shape = (batch, length, self.num_heads, features // self.num_heads)
        query, key, value = (part.view(shape).transpose(1, 2) for part in parts)
        read = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        read = read.transpose(1, 2).contiguous().view(batch, length, features)
        x = x + self.dropout(self.projection(read))
        return x + self.dropout(self.narrow(F.gelu(self.wide(self.second_norm(x)))))


class PeerGPT(nn.Module):
    """Embeddings, blocks, a norm, and an output that shares its weights with the embedding."""

    def __init__(self, vocabulary_size):
        super().__init__()
        features = SIZES["embedding_features"]
        self.tokens = nn.Embedding(vocabulary_size, features)
        self.positions = nn.Embedding(SIZES["context"], features)
        blocks = [PeerBlock(features, SIZES["num_heads"]) for _ in range(SIZES["num_layers"])]
        self.blocks = nn.ModuleList(blocks)
        self.norm = nn.LayerNorm(features)
        self.output = nn.Linear(features, vocabulary_size, bias=False)
        self.output.weight = self.tokens.weight

    def forward(self, ids, targets):
        x = self.tokens(ids) + self.positions(torch.arange(ids.shape[1]))
        for block in self.blocks:
            x = block(x)
        logits = self.output(self.norm(x))
        return F.cross_entropy(logits.view(-1, logits.shape[-1]), targets.view(-1))


def prepare_peer(ids, vocabulary_size):
    """Return what takes a number of steps: random windows, a cosine schedule, clipped gradients."""
    torch.manual_seed(0)
    network = PeerGPT(vocabulary_size)
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, betas=(0.9, 0.99))
    context = SIZES["context"]

    def draw_batch():
        starts = torch.randint(len(ids) - context, (BATCH,))
        inputs = torch.stack([ids[start : start + context].long() for start in starts])
        targets = torch.stack([ids[start + 1 : start + 1 + context].long() for start in starts])
        return inputs, targets

    def train(num_steps):
        network.train()
        inputs, targets = draw_batch()
        for step in range(num_steps):
            share = 0.5 * (1 + math.cos(math.pi * step / num_steps))
            for group in optimizer.param_groups:
                group["lr"] = share * LEARNING_RATE
            loss = network(inputs, targets)
            inputs, targets = draw_batch()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    return train


def prepare_ours(ids, vocabulary_size):
    """Return what takes a number of steps with the Trainer and the package's GPT."""
    torch.manual_seed(0)
    family = AttentionLanguage("gpt", SIZES)
    network = family.network_class(vocabulary_size, **SIZES)
    generator = torch.Generator().manual_seed(0)

    def train(num_steps):
        context = SIZES["context"]
        windows = ids[: num_steps * BATCH * context + 1]
        batches = TextBatches(windows, BATCH, context, generator)
        validation = TextBatches(ids[: context + 1], 1, context)
        settings = {"schedule": "cosine", "clip_norm": 1.0, "device": "cpu"}
        config = TrainConfig(epochs=1, batch_size=BATCH, learning_rate=LEARNING_RATE, **settings)
        Trainer(network, config, task=family).fit(batches, validation)

    return train


def compare(num_steps, rounds):
    """Train both in turn; return the tokens per CPU second of each, one number a round."""
    torch.set_num_threads(1)
    text = load_text()
    size = len(text.vocabulary)
    contenders = {"dlcourse": prepare_ours, "nanoGPT's structure": prepare_peer}
    trains = {name: prepare(text.train, size) for name, prepare in contenders.items()}
    speeds = {name: [] for name in contenders}
    for train in trains.values():
        train(5)  # the first steps are slower
    for _ in range(rounds):
        for name, train in trains.items():
            start = time.process_time()
            train(num_steps)
            seconds = time.process_time() - start
            speeds[name].append(num_steps * BATCH * SIZES["context"] / seconds)
    return speeds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=40, help="steps of a measurement")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each")
    arguments = parser.parse_args()
    for name, speeds in compare(arguments.steps, arguments.rounds).items():
        print(f"{name:20} {statistics.median(speeds):10,.0f} tokens per CPU second")


if __name__ == "__main__":
    main()
