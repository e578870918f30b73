import signal

import pytest

from dlcourse.training.signals import Interrupted, stop_at_signals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_asks_and_the_second_ends(number):
    asked = []
    with stop_at_signals(asked.append):
        signal.raise_signal(number)
        assert asked == [number]
        with pytest.raises(Interrupted) as caught:
            signal.raise_signal(signal.SIGINT)
    assert asked == [number]
    assert caught.value.exit_code == 130  # 128 + 2: that of the signal that ended it


def test_afterwards_the_signals_do_what_they_did():
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with stop_at_signals(lambda number: None):
        assert signal.getsignal(signal.SIGINT) is not before[0]
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
