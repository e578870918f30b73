import math

import pytest
import torch

from dlcourse.tasks.noising import NUM_LEVELS, add_noise, make_schedule, remove_noise


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def test_the_schedule_is_that_of_ho_and_others():
    schedule = make_schedule()
    assert schedule.shape == (1001,)
    assert schedule[0] == 1
    assert schedule[1].item() == pytest.approx(1 - 1e-4)
    assert schedule[2].item() == pytest.approx((1 - 1e-4) * (1 - 1e-4 - 0.0199 / 999))
    assert schedule[1000].item() == pytest.approx(4.04e-5, rel=2e-3)
    assert schedule[259] > 0.5 > schedule[260]
    assert (schedule.diff() < 0).all()


@pytest.mark.parametrize("num_levels", [50, 200, 4000])
def test_with_other_numbers_of_levels_about_the_same_is_left(num_levels):
    schedule = make_schedule(num_levels)
    assert len(schedule) == num_levels + 1
    assert 1e-6 < schedule[-1] < 5e-5


def test_each_example_gets_noise_of_its_own_level():
    examples = torch.full((3, 2, 2), 2.0, dtype=torch.float64)
    noise = torch.full((3, 2, 2), -1.0, dtype=torch.float64)
    noisy = add_noise(examples, noise, torch.tensor([1.0, 0.36, 0.0]).double())
    expected = torch.tensor([2.0, 0.6 * 2 - 0.8, -1.0]).double()
    torch.testing.assert_close(noisy, expected.view(3, 1, 1).expand(3, 2, 2))


def predict_for_zeros(x, levels):
    """Predict the noise where every example is 0: all that is there, brought to variance 1."""
    shares = make_schedule().to(x)[(levels * NUM_LEVELS).round().long()]
    return x / (1 - shares).sqrt().view(-1, 1)


@pytest.mark.parametrize("num_steps", [1, 7, 100, 1000])
def test_a_perfect_prediction_ends_at_the_example(num_steps):
    noise = torch.randn(5, 3, generator=seeded()).double()
    frames = remove_noise(predict_for_zeros, noise, num_steps, generator=seeded())
    assert len(frames) == num_steps + 1
    assert frames[0] is noise
    torch.testing.assert_close(frames[-1], torch.zeros(5, 3).double(), rtol=0, atol=1e-9)


@pytest.mark.parametrize("fresh", [0, 0.5, 1])
def test_on_the_way_the_variance_is_that_of_the_noise(fresh):
    noise = torch.randn(20_000, 1, generator=seeded()).double()
    frames = remove_noise(predict_for_zeros, noise, 20, generator=seeded(1), fresh=fresh)
    schedule = make_schedule()
    for step, frame in enumerate(frames[:-1]):
        expected = 1 - schedule[1000 - 50 * step]
        # The standard error of a variance of 20,000 examples is 1% of it.
        assert frame.var().item() == pytest.approx(expected.item(), rel=0.05)


def test_only_fresh_noise_depends_on_the_generator():
    noise = torch.randn(5, 3, generator=seeded()).double()

    def run(fresh, seed):
        return remove_noise(predict_for_zeros, noise, 5, generator=seeded(seed), fresh=fresh)[3]

    assert torch.equal(run(0, 1), run(0, 2))
    assert torch.equal(run(1, 1), run(1, 1))
    assert not torch.equal(run(1, 1), run(1, 2))


def test_the_fresh_noise_is_that_of_ho_and_others():
    """From level to level its variance is beta (1 - share before) / (1 - share)."""
    noise = torch.randn(40_000, 1, generator=seeded()).double()
    frames = remove_noise(predict_for_zeros, noise, 1000, generator=seeded(1))
    schedule = make_schedule()
    for step in (1, 500, 990):
        share, next_share = schedule[1000 - step], schedule[1000 - step - 1]
        expected = (1 - share / next_share) * (1 - next_share) / (1 - share)
        before, after = frames[step].flatten(), frames[step + 1].flatten()
        slope = (before @ after) / (before @ before)  # what is left is drawn anew
        drawn = (after - slope * before).var()
        assert drawn.item() == pytest.approx(expected.item(), rel=0.05)


def test_examples_are_kept_within_their_limit():
    def predict_none(x, levels):
        return torch.zeros_like(x)

    noise = torch.tensor([[3.0], [-3.0], [0.0]])
    frames = remove_noise(predict_none, noise, 1, limit=1.0)
    assert frames[-1].flatten().tolist() == [1, -1, 0]
    share = make_schedule()[-1].item()
    frames = remove_noise(predict_none, noise, 1)
    assert frames[-1][0].item() == pytest.approx(3 / math.sqrt(share), rel=1e-4)


@pytest.mark.parametrize("num_steps", [0, 1001])
def test_other_numbers_of_steps_are_refused(num_steps):
    with pytest.raises(ValueError, match=f"num_steps must be from 1 to 1000, got {num_steps}"):
        remove_noise(predict_for_zeros, torch.zeros(1, 1), num_steps)
