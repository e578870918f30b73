"""The comparison of transformers compares like with like."""

import sys
from pathlib import Path

import pytest
import torch

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture
def transformers(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.delitem(sys.modules, "transformers", raising=False)
    import transformers

    return transformers


def test_both_networks_are_the_same_function(transformers):
    from dlcourse.models.gpt import GPT

    torch.manual_seed(0)
    ours = GPT(20, **transformers.SIZES)
    peer = transformers.PeerGPT(20)
    weights = list(ours.parameters())
    theirs = list(peer.parameters())
    assert [weight.shape for weight in weights] == [weight.shape for weight in theirs]
    with torch.no_grad():
        for weight, other in zip(weights, theirs, strict=True):
            other.copy_(weight)
    ids = torch.randint(20, (2, 64))
    logits = ours(ids).flatten(0, 1)
    loss = torch.nn.functional.cross_entropy(logits, ids.flatten())
    # float32, sums of some hundred products
    torch.testing.assert_close(peer(ids, ids), loss, rtol=1e-5, atol=1e-5)


def test_each_is_measured_once_a_round(transformers):
    speeds = transformers.compare(num_steps=1, rounds=2)
    assert [len(found) for found in speeds.values()] == [2, 2]
    assert all(speed > 0 for found in speeds.values() for speed in found)
