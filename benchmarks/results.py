"""What was measured: results.json has all of it, results.md the tables."""

import json
import platform
import statistics
from pathlib import Path
from typing import NamedTuple

import torch
from loops import GPU, PARTS, WORKS

RESULTS = Path(__file__).with_name("results.json")
BARE = "bare loop"
OURS_WITHOUT_FOLDER = "dlcourse without run folder"


class Answer(NamedTuple):
    """What a contender answers after a training; results.json keeps it as a list."""

    seconds: float
    accuracy: float | None  # None for a part that predicts nothing
    memory_mib: float
    busy_share: float | None = None  # of a GPU


def write_results(work_name, answers, row_names):
    """Write a work's answers into results.json, where others stay, and all tables to results.md."""
    machine = f"Python {platform.python_version()}, PyTorch {torch.__version__}"
    machine += f", {platform.machine()}"
    if work_name.endswith(GPU):
        machine += f", {torch.cuda.get_device_name()}"

    known = {}
    if RESULTS.exists():
        known = json.loads(RESULTS.read_text("utf-8"))
    known[work_name] = {"machine": machine, "answers": answers}
    measured = {name: known[name] for name in WORKS if name in known}

    RESULTS.write_text(json.dumps(measured) + "\n", encoding="utf-8")
    lines = describe(read_results(), row_names)
    RESULTS.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_results():
    """Return what results.json has: for each work its machine, and each contender's answers."""
    measured = json.loads(RESULTS.read_text("utf-8"))
    for work in measured.values():
        for name, rows in work["answers"].items():
            work["answers"][name] = [Answer(*row) for row in rows]
    return measured


def describe(measured, row_names):
    """Return the lines of results.md."""
    lines = make_table("CPU seconds, times the bare loop's", measured, row_names, describe_seconds)
    lines.append(
        "Medians of rounds in turns, at one thread, while other work ran on the machine. "
        "In a GPU's column are seconds of the clock, the GPU's memory, and the share of the "
        "seconds in which it was busy."
    )
    lines.append("")
    lines += make_table(
        "test accuracy, peak memory of the process", measured, row_names, describe_other_figures
    )
    for name, work in measured.items():
        lines.append(describe_work(name, work["machine"], work["answers"]))
    return lines


# The tables


def make_table(title, measured, row_names, describe_cell):
    """Return the lines of a table: a row for each contender, a column for each work."""
    lines = [
        f"| {title} | {' | '.join(measured)} |",
        "|---" * (len(measured) + 1) + "|",
    ]
    for name in row_names:
        cells = []
        for work in measured.values():
            cell = ""
            if name in work["answers"]:
                cell = describe_cell(name, work["answers"])
            cells.append(cell)
        if any(cells):
            lines.append(f"| {name} | {' | '.join(cells)} |")
    lines.append("")
    return lines


def describe_seconds(name, answers):
    seconds = statistics.median(answer.seconds for answer in answers[name])
    ratio = compare_seconds(answers[name], answers[BARE])
    return f"{seconds:.2f} s, {ratio:.2f}"


def describe_other_figures(name, answers):
    first = answers[name][0]
    cell = f"{first.accuracy:.1%}, {first.memory_mib:.0f} MiB"
    if first.busy_share:
        cell += f", {first.busy_share:.0%} busy"
    return cell


def compare_seconds(ours, theirs):
    """Return the median of the rounds' ratios of seconds."""
    ratios = [our.seconds / their.seconds for our, their in zip(ours, theirs, strict=True)]
    return statistics.median(ratios)


# Where the time of a step goes


def describe_work(name, machine, answers):
    """Say how a work was measured, and where a step's time goes."""
    num_rounds = len(answers[BARE])
    line = f"- {name}: {num_rounds} rounds, {machine}."
    has_parts = all(part in answers for part in (OURS_WITHOUT_FOLDER, *PARTS))
    if not has_parts:
        return line

    ours = answers[OURS_WITHOUT_FOLDER]
    num_steps = WORKS[name].num_steps
    median_seconds = statistics.median(answer.seconds for answer in ours)
    step_microseconds = 1e6 / num_steps * median_seconds
    passes_share = compare_seconds(answers["passes alone"], ours)
    beside_loop = count_extra_microseconds(ours, answers["loop alone"], num_steps)
    beside_steps = count_extra_microseconds(ours, answers["loop and steps alone"], num_steps)
    return (
        f"{line} Of dlcourse's step of {step_microseconds:.0f} µs without run folder, "
        f"forward and backward pass take {passes_share:.0%}; it takes {beside_loop:+.0f} µs "
        f"beside a bare loop with the same batches and optimizer, {beside_steps:+.0f} µs where "
        "that goes straight to the optimizer's kernel, too."
    )


def count_extra_microseconds(ours, parts, num_steps):
    """Return the median of the rounds' differences of seconds, in microseconds a step."""
    differences = [our.seconds - part.seconds for our, part in zip(ours, parts, strict=True)]
    return 1e6 / num_steps * statistics.median(differences)
