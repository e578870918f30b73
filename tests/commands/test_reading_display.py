import io

import pytest
from rich.console import Console

from dlcourse.commands import reading_display
from dlcourse.commands.reading_display import ReadingDisplay


@pytest.fixture
def clock(monkeypatch):
    """Return a list whose only number is the time in seconds."""
    now = [0.0]
    monkeypatch.setattr(reading_display.time, "monotonic", lambda: now[0])
    return now


def test_short_work_shows_nothing(clock):
    stream = io.StringIO()
    display = ReadingDisplay(stream)
    for done in range(1, 10):
        clock[0] += 0.1
        display("reading images", done, 10)
    assert stream.getvalue() == ""


def test_without_a_terminal_there_is_a_line_now_and_then(clock):
    stream = io.StringIO()
    display = ReadingDisplay(stream)
    for done in range(1, 1001):
        clock[0] += 1 / 64  # seconds
        display("reading images", done, 1000)
    clock[0] += 1
    display("downloading a.gz", 5, 0)
    clock[0] += 2
    display("downloading a.gz", 9, 0)
    assert stream.getvalue().splitlines() == [
        "reading images: 65 of 1,000",
        "reading images: 705 of 1,000",
        "downloading a.gz: 9",
    ]


@pytest.mark.parametrize("total", [100, 0])
def test_a_terminal_has_a_bar_that_goes_away(clock, monkeypatch, total):
    stream = io.StringIO()
    monkeypatch.setattr(
        "rich.console.Console", lambda file: Console(file=file, force_terminal=True, width=80)
    )
    display = ReadingDisplay(stream)
    display("reading images", 1, total)
    clock[0] += 2
    display("reading images", 50, total)
    assert display.bar is not None
    assert display.bar.tasks[0].completed == 50
    assert "reading images" in stream.getvalue()
    display("reading images", 100, total)
    if total == 0:
        display.close()
    assert display.bar is None
    assert stream.getvalue().endswith("\x1b[2K")  # the line is cleared
