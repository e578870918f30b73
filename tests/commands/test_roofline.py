import json
from pathlib import Path

import pytest
import torch
from matplotlib.figure import Figure
from PIL import Image

from dlcourse.commands import roofline
from dlcourse.commands.roofline import draw_roofline, measure_roofline

CPU = torch.device("cpu")
MEASURED = {"device": "mine", "gigabytes_per_second": 20.0, "gflops": {"64": 10.0, "128": 80.0}}


@pytest.fixture
def fast(monkeypatch):
    """Measure a little of everything, which takes less than a second."""
    monkeypatch.setattr(roofline, "SIZES", [64, 128])
    monkeypatch.setattr(roofline, "COPIED_NUMBERS", 2**20)
    monkeypatch.setattr(roofline, "MEASURED_SECONDS", 0.01)


def test_roofline_prints_a_table_and_where_the_figure_is(call, fast, work):
    exit_code, out, _ = call("info", "--roofline", "--device", "cpu")
    assert exit_code == 0
    lines = out.splitlines()
    assert lines[0].split() == ["device", "cpu"]
    assert lines[-1].split() == ["figure", str(work.resolve() / "roofline.png")]
    with Image.open(work / "roofline.png") as image:
        assert image.width > 300


def test_roofline_as_json(call, fast, work):
    facts = json.loads(call("info", "--roofline", "--json", "--device", "cpu")[1])
    assert Path(facts["figure"]).is_file()
    assert list(facts["gflops"]) == ["64", "128"]


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
def test_a_gpu_is_measured_until_it_has_finished(monkeypatch):
    """No GPU has 10 PFLOP/s in float32; one that is not waited for would seem to have more."""
    monkeypatch.setattr(roofline, "SIZES", [4096])
    measured = measure_roofline(torch.device("cuda", torch.cuda.device_count() - 1))
    assert 100 < measured["gflops"]["4096"] < 10e6
    assert 10 < measured["gigabytes_per_second"] < 1e5
    assert 1 < measured["launch_microseconds"] < 1000


def test_roofline_of_a_model_is_refused(call):
    exit_code, _, err = call("info", "lenet", "--roofline")
    assert exit_code == 2
    assert "--roofline measures the machine, not a model: leave out lenet" in err


def test_units_are_those_of_a_known_time(monkeypatch):
    """Half a second for everything: 2 * 4 * 2^26 bytes and 2 n^3 operations in it."""
    monkeypatch.setattr(roofline, "_time", lambda statement, **tensors: 0.5)
    monkeypatch.setattr(roofline, "SIZES", [1024, 2048])
    assert measure_roofline(CPU) == {
        "device": "cpu",
        "gigabytes_per_second": pytest.approx(2 * 4 * 2**26 / 0.5 / 1e9, abs=0.05),
        "launch_microseconds": 0.5e6,
        # The second size would take four seconds.
        "gflops": {"1024": pytest.approx(2 * 1024**3 / 0.5 / 1e9, abs=0.05)},
    }


def test_the_shortest_time_counts(monkeypatch):
    class Timer:
        def __init__(self, statement, globals, num_threads):
            assert num_threads == torch.get_num_threads()

        def blocked_autorange(self, min_run_time):
            return torch.utils.benchmark.Measurement(2, [6.0, 4.0, 8.0], None)

    monkeypatch.setattr(roofline, "Timer", Timer)
    monkeypatch.setattr(
        torch.utils.benchmark.Measurement, "__post_init__", lambda self: None, raising=False
    )
    assert roofline._time("one") == 2.0


def test_the_bend_of_a_roof_is_where_memory_and_peak_meet():
    axes = Figure().subplots()
    draw_roofline(axes, MEASURED)
    lines = {line.get_label(): line for line in axes.get_lines()}
    x, y = lines["mine, float32 (measured)"].get_data()
    assert list(x) == [0.1, 4.0, 1000]  # 80 GFLOP/s by 20 GB/s
    assert list(y) == [2.0, 80.0, 80.0]
    x, y = lines["products of matrices (measured)"].get_data()
    assert list(x) == [64 / 6, 128 / 6]  # 2 n^3 operations by 3 matrices of 4 n^2 bytes
    assert list(y) == [10.0, 80.0]
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert "logarithmic" in axes.get_xlabel()
    assert "logarithmic" in axes.get_ylabel()
