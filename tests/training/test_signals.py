import signal
import threading

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


def get_handlers():
    return [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]


def test_afterwards_the_signals_do_what_they_did():
    before = get_handlers()
    with stop_at_signals(lambda number: None):
        for handler, handler_before in zip(get_handlers(), before, strict=True):
            assert handler is not handler_before
    assert get_handlers() == before


def test_another_thread_runs_the_block_without_handlers():
    before = get_handlers()
    seen = []

    def run_block():
        with stop_at_signals(lambda number: None):
            seen.extend(get_handlers())

    thread = threading.Thread(target=run_block)
    thread.start()
    thread.join()
    assert seen == before
