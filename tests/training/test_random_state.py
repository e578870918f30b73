import random

import numpy as np
import torch

from dlcourse.training.checkpoint import load_checkpoint, save_checkpoint
from dlcourse.training.random_state import (
    draw_the_same,
    get_random_state,
    seed_generators,
    set_random_state,
)

CPU = torch.device("cpu")


def draw(generator):
    return [
        random.random(),
        random.gauss(0, 1),  # Python and NumPy keep the second of two numbers for the next call
        float(np.random.rand()),
        float(np.random.randn()),
        torch.rand(()).item(),
        torch.rand((), generator=generator).item(),
    ]


def test_every_generator_continues_where_it_was_also_through_a_file(tmp_path):
    own = torch.Generator().manual_seed(7)
    draw(own)
    save_checkpoint(tmp_path / "state.pt", get_random_state(own))
    expected = draw(own)
    assert draw(own) != expected
    set_random_state(load_checkpoint(tmp_path / "state.pt"), own)
    assert draw(own) == expected


def test_a_seed_starts_the_global_generators_anew():
    own = torch.Generator()

    def first_draws(seed):
        seed_generators(seed)
        return draw(own)[:-1]

    assert first_draws(3) == first_draws(3)
    for one, other in zip(first_draws(3), first_draws(4), strict=True):
        assert one != other


def test_a_block_draws_the_same_and_leaves_the_generator_where_it_was():
    torch.manual_seed(5)
    before = torch.get_rng_state()
    draws = []
    for _ in range(2):
        with draw_the_same(CPU):
            draws.append(torch.rand(3))
        assert torch.equal(torch.get_rng_state(), before)
    assert torch.equal(draws[0], draws[1])


def test_the_generator_of_apples_gpu_is_put_back_too(monkeypatch):
    restored = []
    monkeypatch.setattr("torch.mps.get_rng_state", lambda: "before")
    monkeypatch.setattr("torch.mps.set_rng_state", restored.append)
    with draw_the_same(torch.device("mps")):
        assert restored == []
    assert restored == ["before"]
