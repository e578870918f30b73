import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.training.config import SCHEDULES
from dlcourse.training.schedule import one_cycle


def shares(total_steps, **settings):
    return [one_cycle(step, total_steps, **settings) for step in range(total_steps)]


def test_linear_rises_to_the_peak_and_falls_by_equal_amounts():
    # by hand: 2 of 8 steps warm up in thirds, then 6 steps fall in sixths
    expected = [1 / 3, 2 / 3, 1, 5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6]
    assert shares(8, warmup=0.25, schedule="linear") == pytest.approx(expected)
    assert shares(8) == pytest.approx(expected)  # these are the defaults


def test_cosine_is_half_way_down_in_the_middle_of_the_fall():
    share = one_cycle(50, 100, warmup=0, schedule="cosine")
    assert share == pytest.approx(0.5)  # (1 + cos(pi / 2)) / 2


def test_cosine_follows_its_formula():
    expected = [(1 + math.cos(math.pi * step / 10)) / 2 for step in range(10)]
    assert shares(10, warmup=0, schedule="cosine") == pytest.approx(expected)


def test_constant_stays_at_the_peak_after_the_warmup():
    assert shares(4, warmup=0.5, schedule="constant") == pytest.approx([1 / 3, 2 / 3, 1, 1])


@given(st.integers(1, 300), st.floats(0, 1), st.sampled_from(SCHEDULES))
def test_no_step_is_wasted_and_the_peak_is_reached(total_steps, warmup, schedule):
    values = shares(total_steps, warmup=warmup, schedule=schedule)
    assert all(0 < value <= 1 for value in values)
    assert max(values) == 1
    peak = values.index(1)
    assert values[: peak + 1] == sorted(values[: peak + 1])
    assert values[peak:] == sorted(values[peak:], reverse=True)


@pytest.mark.parametrize("step", [-1, 10])
def test_a_step_outside_the_run_is_refused(step):
    with pytest.raises(ValueError, match=f"^step must be from 0 to 9, got {step}$"):
        one_cycle(step, 10)


@pytest.mark.parametrize("step", [2, 9])  # the peak, and the last step
def test_an_unknown_schedule_is_refused(step):
    said = "^schedule must be linear, cosine or constant, got 'square'$"
    with pytest.raises(ValueError, match=said):
        one_cycle(step, 10, warmup=0.2, schedule="square")
