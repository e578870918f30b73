"""The Trainer beside the loops that people write and the frameworks that they would pick instead.

    python benchmarks/trainers.py [ROUNDS [WORK...]]        writes benchmarks/results.json and results.md

All train the same network from the same weights on the same pictures, in batches of the same size, by SGD
with Nesterov's momentum 0.9 and learning rate 0.05. CPU seconds at one thread are compared, as ratios to the
bare loop of the same round: each contender has a process of its own, and they take turns, so that other work
on the machine slows all of them. What is paid once is not counted: imports, data read from the disk, and a
first training that warms up.

The Trainer has its schedule, reports its progress and checks each loss. It keeps a run folder, where epochs
end with weights, metrics and a checkpoint, at most once a second; in two rows each epoch does, with all these
files or with the checkpoint; in one there is no folder. It validates on ten pictures, as it must on some; the
others do not validate. MNIST takes part where its files are found (DLCOURSE_DATA names their folder), a peer
where it is installed: pip install -e '.[bench]'. Where there is an NVIDIA GPU, the loops and the Trainer do
each work there as well; then seconds are those of the clock until the GPU has finished.
"""

import contextlib
import functools
import io
import json
import multiprocessing
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path
from unittest import mock

import torch
from gpu import finish, measure_busy_share
from loops import GPU, LOOPS, WORKS, Work, bare_with_our_parts, bare_with_our_steps, passes_alone
from peers import PEERS

from dlcourse.data.batches import Batches
from dlcourse.data.mnist import MNIST
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import FILE_SECONDS, Trainer

RESULTS = Path(__file__).with_name("results.json")


def ours_without_folder(work, run=None):
    config = TrainConfig(
        epochs=work.epochs,
        batch_size=work.batch_size,
        optimizer="sgd",
        learning_rate=0.05,
        weight_decay=0.0,
        device=work.device.type,
    )
    if run is not None:
        run.create({}, config)
    trainer = Trainer(work.make_model(), config, run, report=lambda progress: None)
    validation = Batches(
        work.pictures.validation, 10, max_value=work.pictures.max_value, device=work.device
    )
    trainer.fit(work.make_batches(), [next(iter(validation))])
    return trainer.model


def ours(work):
    with tempfile.TemporaryDirectory() as folder:
        return ours_without_folder(work, RunFolder(Path(folder, "run")))


def ours_with_all_files(work):
    with mock.patch("dlcourse.training.trainer.FILE_SECONDS", 0):
        return ours(work)


def ours_with_all_checkpoints(work):
    """Let each epoch end with a checkpoint, which holds the weights; their own file comes once a second."""
    save_epoch, next_files = RunFolder.save_epoch, 0.0

    def save_now_and_then(run, model, history, durable):
        nonlocal next_files
        if durable or time.monotonic() >= next_files:
            save_epoch(run, model, history, durable)
            next_files = time.monotonic() + FILE_SECONDS

    with mock.patch.object(RunFolder, "save_epoch", save_now_and_then):
        return ours_with_all_files(work)


CONTENDERS = {
    **LOOPS,
    **PEERS,
    "dlcourse": ours,
    "dlcourse, each epoch with a checkpoint": ours_with_all_checkpoints,
    "dlcourse, each epoch with all files": ours_with_all_files,
    "dlcourse without run folder": ours_without_folder,
}
PARTS = {  # of what the Trainer's row takes
    "loop alone": bare_with_our_parts,
    "loop and steps alone": bare_with_our_steps,
    "passes alone": passes_alone,
}


def count_seconds(device):
    """Return the CPU's, of this process and its ended children, or the clock's once a GPU has finished."""
    if device.type == "cuda":
        finish(device)
        return time.perf_counter()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def stand_by(connection, contender, work):
    """Train once, and again at each request; answer with seconds, accuracy, peak MiB and busy share."""
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    work, fit, accuracy, busy = Work(work), {**CONTENDERS, **PARTS}[contender], None, None
    while True:
        try:
            with (
                contextlib.redirect_stdout(io.StringIO()),
                contextlib.redirect_stderr(io.StringIO()),
            ):
                started = count_seconds(work.device)
                predict = fit(work)
                seconds = count_seconds(work.device) - started
                if busy is None and work.device.type == "cuda":
                    busy = measure_busy_share(functools.partial(fit, work), work.device)
        except (ImportError, RuntimeError) as error:
            connection.send(str(error).splitlines()[0])
            return
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB; bytes on macOS
        memory /= 2**20 if sys.platform == "darwin" else 2**10
        if work.device.type == "cuda":
            memory = torch.cuda.max_memory_allocated() / 2**20
        if predict is not None and accuracy is None:
            accuracy = measure_accuracy(predict, work)
        connection.send((seconds, accuracy, memory, busy))
        connection.recv()


def measure_accuracy(predict, work):
    """Return the share of right answers on the test pictures."""
    test = Batches(work.pictures.test, 1000, max_value=work.pictures.max_value, device=work.device)
    if isinstance(predict, torch.nn.Module):
        predict.eval()
    with torch.inference_mode():
        num_right = sum(
            (predict(images).argmax(1) == labels).sum().item() for images, labels in test
        )
    return num_right / test.num_examples


def measure(work, num_rounds):
    """Let the contenders take turns; after each round write what all of them have answered so far."""
    spawn, contenders = multiprocessing.get_context("spawn"), {}
    for name in (*CONTENDERS, *PARTS):
        if name in PEERS and work.endswith(GPU):
            continue
        connection, there = spawn.Pipe()
        process = spawn.Process(target=stand_by, args=(there, name, work), daemon=True)
        process.start()
        contenders[name] = process, connection
    for name, (_, connection) in list(
        contenders.items()
    ):  # all at once have imported and warmed up
        answer = connection.recv()
        if isinstance(answer, str):
            print(f"{work}: {name} is left out: {answer}", file=sys.stderr)
            del contenders[name]
    answers = {name: [] for name in contenders}
    for _ in range(num_rounds):
        for name, (_, connection) in contenders.items():
            connection.send("again")
            answers[name].append(connection.recv())
        write_results(work, answers)
    for process, _ in contenders.values():
        process.terminate()


def write_results(work, answers):
    """Write the answers to results.json, those of other works stay, and what all say to results.md."""
    machine = (
        f"Python {platform.python_version()}, PyTorch {torch.__version__}, {platform.machine()}"
    )
    machine += f", {torch.cuda.get_device_name()}" if work.endswith(GPU) else ""
    measured = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    measured[work] = {"machine": machine, "answers": answers}
    measured = {work: measured[work] for work in WORKS if work in measured}
    RESULTS.write_text(json.dumps(measured) + "\n", encoding="utf-8")
    RESULTS.with_suffix(".md").write_text("\n".join(describe(measured)) + "\n", encoding="utf-8")


def ratio(answers, name, to):
    """Return the median of the rounds' ratios of CPU seconds."""
    return statistics.median(a[0] / b[0] for a, b in zip(answers[name], answers[to], strict=True))


def table(title, measured, cell):
    """Return the lines of a table: a row for each contender, a column for each work."""
    lines = [f"| {title} | {' | '.join(measured)} |", "|---" * (len(measured) + 1) + "|"]
    for name in CONTENDERS:
        columns = [work["answers"] for work in measured.values()]
        cells = [cell(answers, name) if name in answers else "" for answers in columns]
        if any(cells):
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return [*lines, ""]


def time_cell(answers, name):
    seconds = statistics.median(answer[0] for answer in answers[name])
    return f"{seconds:.2f} s, {ratio(answers, name, 'bare loop'):.2f}"


def rest_cell(answers, name):
    accuracy, memory_mib, *busy = answers[name][0][1:]
    return f"{accuracy:.1%}, {memory_mib:.0f} MiB" + (f", {busy[0]:.0%} busy" if any(busy) else "")


def describe_work(work, machine, answers):
    """Say how a work was measured, and where a step's time goes."""
    alone = "dlcourse without run folder"
    line = f"- {work}: {len(answers['bare loop'])} rounds, {machine}."
    if not {alone, *PARTS} <= answers.keys():
        return line
    to_us = 1e6 / Work(work).num_steps
    step = to_us * statistics.median(answer[0] for answer in answers[alone])

    def extra(part):
        pairs = zip(answers[alone], answers[part], strict=True)
        return f"{to_us * statistics.median(one[0] - other[0] for one, other in pairs):+.0f} µs"

    return (
        f"{line} Of dlcourse's step of {step:.0f} µs without run folder, forward and backward pass take "
        f"{ratio(answers, 'passes alone', alone):.0%}; it takes {extra('loop alone')} beside a bare loop "
        f"with the same batches and optimiser, {extra('loop and steps alone')} where that goes straight to "
        "the optimiser's kernel, too."
    )


def describe(measured):
    """Return the lines of results.md."""
    return [
        *table("CPU seconds, times the bare loop's", measured, time_cell),
        "Medians of rounds in turns, at one thread, while other work ran on the machine. In a GPU's column "
        "are seconds of the clock, the GPU's memory, and the share of the seconds in which it was busy.",
        "",
        *table("test accuracy, peak memory of the process", measured, rest_cell),
        *(describe_work(work, one["machine"], one["answers"]) for work, one in measured.items()),
    ]


def main(num_rounds=5, *works):
    os.environ |= {"OMP_NUM_THREADS": "1", "KERAS_BACKEND": "torch"}
    for work in works or WORKS:
        if work.startswith("MNIST") and MNIST.find() is None:
            print(f"{work} is left out: MNIST is not found", file=sys.stderr)
        elif work.endswith(GPU) and not torch.cuda.is_available():
            print(f"{work} is left out: there is no NVIDIA GPU", file=sys.stderr)
        else:
            measure(work, num_rounds)
    print(RESULTS.with_suffix(".md").read_text("utf-8"), end="")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:])
