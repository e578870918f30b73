import io
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from dlcourse.commands.display import ProgressDisplay, describe_epoch, open_tensorboard
from dlcourse.errors import EnvironmentProblem
from dlcourse.training.progress import Progress

INSIDE = Progress(
    epoch=2,
    epochs=10,
    step=15,
    total_steps=100,
    learning_rate=0.1,
    train_loss=0.5,
    seconds=3.0,
    examples_per_second=12345.6,
)
END = Progress(
    epoch=2,
    epochs=10,
    step=20,
    total_steps=100,
    learning_rate=0.1,
    train_loss=0.4,
    seconds=30.0,
    examples_per_second=12345.6,
    figures={"loss": 0.3, "accuracy": 0.875},
)
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


def test_a_text_is_shown_with_its_own_figures_and_examples():
    figures = {"loss": 1.5, "bits_per_character": 2.1640, "accuracy": 0.5}
    line = describe_epoch(replace(END, figures=figures), "windows")
    assert line == (
        "epoch  2/10  loss 0.4000  validation loss 1.5000  bits per character 2.1640  "
        "accuracy 0.5000  12,346 windows/s  2:00 left"
    )


def test_a_task_without_a_loss_in_its_figures_is_shown():
    line = describe_epoch(replace(END, figures={"reward": 7.0}))
    assert line == "epoch  2/10  loss 0.4000  reward 7.0000  12,346 images/s  2:00 left"


def test_where_nothing_is_told_apart_no_accuracy_is_shown():
    stream = io.StringIO()
    with ProgressDisplay(stream) as display:
        display(replace(END, figures={"loss": 0.3}))
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
    # A bar is drawn with control characters; a dumb terminal has none.
    assert ("\x1b" in shown) == (term == "xterm")


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
    # 85 steps are left, at 0.2 seconds each.
    assert "loss 0.500  accuracy 0.875  12,346 images/s  0:17 left" in shown


def test_without_tensorboard_there_is_a_remedy(monkeypatch, tmp_path):
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
    (event,) = events.Scalars("validation_accuracy")
    assert (event.step, event.value) == (2, 0.875)


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

    module = SimpleNamespace(SummaryWriter=Writer)
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", module)
    with ProgressDisplay(io.StringIO(), open_tensorboard(tmp_path)) as display:
        display(INSIDE)
        assert written == []
        display(END)
        display(replace(END, epoch=3, figures={"loss": 0.2}))
    names = [row[0] for row in written if isinstance(row, tuple) and row[-1] == 3]
    assert "validation_loss" in names
    assert "validation_accuracy" not in names
    assert written[0] == tmp_path
    assert written.count(tmp_path) == 1
    assert written[-1] == "flushed"
    assert {("validation_accuracy", 0.875, 2), ("train_loss", 0.4, 3)} < set(written)
