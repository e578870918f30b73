"""`dlcourse exercises verify`: what it proves, prints and exits with."""

from dlcourse.commands import exercises_verify
from dlcourse.exercises.verify import Report

NAME = "neuron/weighted_sum"


def test_figures_are_printed(call):
    exit_code, out, _ = call("exercises", "verify", NAME, "--seeds", "3", "--mutants")
    assert exit_code == 0
    lines = out.splitlines()
    assert lines[:2] == [
        "solutions accepted: 3 of 3 runs",
        "wrong solutions rejected, each with its message: 12 of 12",
    ]
    assert lines[3].startswith("mutants killed: 6 of 6 (100.0%)")


def test_a_fault_is_printed_and_the_exit_code_tells(call, monkeypatch):
    report = Report(faults=["neuron/weighted_sum: the solution gets 'another sum'"])
    monkeypatch.setattr(exercises_verify, "verify_all", lambda *_: report)
    exit_code, out, err = call("exercises", "verify", NAME)
    assert exit_code == 1
    assert out.startswith("neuron/weighted_sum: the solution gets 'another sum'\n")
    assert err.endswith("faults: 1\n")


def test_an_unknown_exercise_is_a_usage_error(call):
    exit_code, _, err = call("exercises", "verify", "neuron/unknown")
    assert exit_code == 2
    assert "neuron/unknown" in err


def test_all_exercises_are_compared_with_the_index_and_the_pages(call, monkeypatch):
    compared = []
    monkeypatch.setattr(exercises_verify, "verify_all", lambda *_: Report())
    monkeypatch.setattr(exercises_verify, "verify_index", lambda *_: compared.append("index"))
    monkeypatch.setattr(exercises_verify, "verify_objectives", lambda *_: compared.append("docs"))
    assert call("exercises", "verify")[0] == 0
    assert compared == ["index", "docs"]
