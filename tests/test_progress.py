import io
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from dlcourse.errors import EnvironmentProblem
from dlcourse.progress import ProgressDisplay, describe_epoch, open_tensorboard
from dlcourse.training.progress import Progress

INSIDE = Progress(
    epoch=2, epochs=10, step=15, total_steps=100, learning_rate=0.1, train_loss=0.5, validation_loss=None,
    validation_accuracy=None, seconds=3.0, images_per_second=12345.6,
)  # fmt: skip
END = Progress(
    epoch=2, epochs=10, step=20, total_steps=100, learning_rate=0.1, train_loss=0.4, validation_loss=0.3,
    validation_accuracy=0.875, seconds=30.0, images_per_second=12345.6,
)  # fmt: skip
LINE = (
    "epoch  2/10  loss 0.4000  validation loss 0.3000  accuracy 0.8750  12,346 images/s  2:00 left"
)


class Terminal(io.TextIOWrapper):
    """A terminal that keeps what it was shown."""

    def __init__(self, encoding):
        self.shown = io.BytesIO()
        super().__init__(self.shown, encoding=encoding, write_through=True)

    def isatty(self):
        return True


def test_an_epoch_is_one_line():
    assert describe_epoch(END) == LINE  # 80 steps are left, at 1.5 seconds each: 2 minutes


def test_where_nothing_is_told_apart_no_accuracy_is_shown():
    stream = io.StringIO()
    with ProgressDisplay(stream) as display:
        display(replace(END, validation_accuracy=None))
    assert stream.getvalue() == LINE.replace("accuracy 0.8750  ", "") + "\n"


def test_without_a_terminal_there_is_a_line_an_epoch_and_nothing_else():
    stream = io.StringIO()
    with ProgressDisplay(stream) as display:
        display(INSIDE)
        display(END)
    assert stream.getvalue() == LINE + "\n"


@pytest.mark.parametrize("columns", ["20", "80", "200"])
@pytest.mark.parametrize(
    ("term", "encoding"), [("xterm", "utf-8"), ("xterm", "ascii"), ("dumb", "ascii")]
)
def test_every_terminal_gets_the_lines(monkeypatch, term, encoding, columns):
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal = Terminal(encoding)
    with ProgressDisplay(terminal) as display:
        display(INSIDE)
        display(END)
    shown = terminal.shown.getvalue().decode(encoding)
    assert LINE in shown
    assert ("\x1b" in shown) == (
        term == "xterm"
    )  # a bar is drawn with control characters, a dumb terminal has none


def test_the_bar_shows_where_the_run_stands(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    terminal = Terminal("utf-8")
    with ProgressDisplay(terminal) as display:
        display(END)
        display(INSIDE)
        display.refresh()
        shown = terminal.shown.getvalue().decode()
    assert "epoch 2/10" in shown
    assert (
        "loss 0.500  accuracy 0.875  12,346 images/s  0:17 left" in shown
    )  # 85 steps at 0.2 seconds each


def test_without_tensorboard_there_is_a_mend(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)  # importing it fails now
    with pytest.raises(EnvironmentProblem, match="not installed: pip install tensorboard"):
        open_tensorboard(tmp_path)


def test_finished_epochs_are_logged_and_nothing_is_written_before(tmp_path):
    pytest.importorskip("tensorboard", reason="needs the extra dlcourse[tensorboard]")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    with ProgressDisplay(io.StringIO(), open_tensorboard(tmp_path / "log")) as display:
        display(INSIDE)
        assert not (tmp_path / "log").exists()
        display(END)
    events = EventAccumulator(str(tmp_path / "log"))
    events.Reload()
    assert [(event.step, event.value) for event in events.Scalars("validation_accuracy")] == [
        (2, 0.875)
    ]


def test_each_figure_of_a_finished_epoch_is_a_curve(monkeypatch, tmp_path):
    """As above, with a stand-in for TensorBoard, which is not everywhere."""
    written = []

    class Writer:
        def __init__(self, folder):
            written.append(folder)

        def add_scalar(self, name, value, step):
            written.append((name, value, step))

        def flush(self):
            written.append("flushed")

    monkeypatch.setitem(
        sys.modules, "torch.utils.tensorboard", SimpleNamespace(SummaryWriter=Writer)
    )
    with ProgressDisplay(io.StringIO(), open_tensorboard(tmp_path)) as display:
        display(INSIDE)
        assert written == []
        display(END)
        display(replace(END, epoch=3, validation_accuracy=None))
    names = [row[0] for row in written if isinstance(row, tuple) and row[-1] == 3]
    assert "validation_loss" in names
    assert "validation_accuracy" not in names
    assert (written[0], written.count(tmp_path), written[-1]) == (tmp_path, 1, "flushed")
    assert {("validation_accuracy", 0.875, 2), ("train_loss", 0.4, 3)} < set(written)
