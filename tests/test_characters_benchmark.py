"""The benchmark of character models measures what is installed and skips the rest."""

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def benchmark(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("characters")


def test_what_is_not_installed_is_skipped_and_named(benchmark, monkeypatch, capsys):
    missing = benchmark.Contender(prepare=None, needs="a_package_that_nobody_has")
    contenders = {"ours": benchmark.CONTENDERS["lstm, dlcourse"], "theirs": missing}
    monkeypatch.setattr(benchmark, "CONTENDERS", contenders)
    monkeypatch.setattr(benchmark, "measure_in_process", lambda name, num_steps: 5.0)
    assert benchmark.compare(num_steps=1, rounds=2) == {"ours": 5.0}
    assert "theirs: skipped, because a_package_that_nobody_has is not" in capsys.readouterr().out


def test_ours_is_measured_in_a_process_of_its_own(benchmark):
    assert benchmark.measure_in_process("lstm, dlcourse", 2) > 100
