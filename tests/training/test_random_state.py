import random

import numpy as np
import torch

from dlcourse.training.checkpoint import load_checkpoint, save_checkpoint
from dlcourse.training.random_state import get_random_state, seed_generators, set_random_state


def draw(generator):
    return [
        random.random(),
        random.gauss(
            0, 1
        ),  # Python and NumPy keep the second of two normal numbers for the next call
        float(np.random.rand()),
        float(np.random.randn()),
        torch.rand(()).item(),
        torch.rand((), generator=generator).item(),
    ]


def test_every_generator_goes_on_where_it_was_also_through_a_file(tmp_path):
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
    assert all(one != other for one, other in zip(first_draws(3), first_draws(4), strict=True))
