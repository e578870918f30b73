"""What is due when: the clock is moved by hand."""

import pytest

from dlcourse.training.clock import Clock


@pytest.fixture
def time_is(monkeypatch):
    """Return a function that sets the time, in seconds; it begins at 100."""

    def set_time(seconds):
        monkeypatch.setattr("time.monotonic", lambda: seconds)

    set_time(100.0)
    return set_time


@pytest.fixture
def clock(time_is):
    return Clock(checkpoint_seconds=60.0, report_seconds=0.5, file_seconds=2.0)


def test_only_training_is_counted(clock, time_is):
    time_is(103.0)
    clock.start()
    time_is(105.0)
    clock.count()
    assert clock.training_seconds == 2.0
    time_is(106.0)
    clock.count()
    assert clock.training_seconds == 3.0
    time_is(120.0)  # a validation
    clock.start()
    time_is(121.0)
    clock.count()
    assert clock.training_seconds == 4.0


def test_training_that_was_not_started_begins_with_the_clock(clock, time_is):
    time_is(101.5)
    clock.count()
    assert clock.training_seconds == 1.5


def test_the_first_report_is_due_at_once_and_the_next_after_its_seconds(clock, time_is):
    assert clock.is_report_due()
    clock.note_report()
    assert not clock.is_report_due()
    assert not clock.is_anything_due()
    time_is(100.5)
    assert clock.is_report_due()
    assert clock.is_anything_due()


def test_the_first_files_are_due_at_once_and_the_next_after_their_seconds(clock, time_is):
    assert clock.are_files_due()
    clock.note_files()
    time_is(101.9)
    assert not clock.are_files_due()
    time_is(102.0)
    assert clock.are_files_due()


def test_a_checkpoint_waits_for_its_seconds_from_the_beginning_on(clock, time_is):
    clock.note_report()
    time_is(100.1)
    assert not clock.is_checkpoint_due()
    assert not clock.is_anything_due()
    time_is(160.0)
    assert clock.is_checkpoint_due()
    clock.note_report()
    assert clock.is_anything_due()  # the checkpoint alone
    clock.note_checkpoint()
    assert not clock.is_anything_due()
    time_is(220.0)
    assert clock.is_checkpoint_due()


def test_an_epoch_is_saved_where_a_checkpoint_is_due(time_is):
    clock = Clock(checkpoint_seconds=1.0, report_seconds=0.5, file_seconds=1000.0)
    clock.note_files()
    assert not clock.are_files_due()
    time_is(101.0)
    assert clock.are_files_due()
