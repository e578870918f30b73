"""Several processes take the steps that one would, and none is left behind."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from train_on_processes import run_cases

SCRIPT = Path(__file__).with_name("train_on_processes.py")
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
TRAIN = [
    *("-m", "dlcourse", "train", "mlp"),
    *("--device", "cpu", "--checkpoint-seconds", "0", "--run-dir"),
]
MANY_PIECES = {"accumulate": 3, "clip_norm": 0.1, "average_decay": 0.9}
TWO_GPUS = (  # which speak through NCCL
    pytest.mark.gpu,
    pytest.mark.skipif(torch.cuda.device_count() < 2, reason="needs two NVIDIA GPUs"),
)
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="reads /proc, as Linux has it"
)


def run_on_two(epochs, settings, *cases):
    """Return the results of the script's cases by their names."""
    command = [sys.executable, SCRIPT, str(epochs), json.dumps(settings), ",".join(cases)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])  # PyTorch 2.10 prints lines before it


# The steps of one process


def assert_steps_are_those_of_one(epochs, settings, *cases):
    alone = run_cases(epochs, settings, cases)
    together = run_on_two(epochs, settings, *cases)
    for case in cases:
        one = alone[case]
        two = together[case]
        assert one["step"] == two["step"] == 5 * epochs
        # float64's roundings are 1e-16 of the value; Adam divides small gradients by themselves.
        assert two["weights"] == pytest.approx(one["weights"], abs=1e-12, rel=0)
        for row, expected in zip(two["rows"], one["rows"], strict=True):
            assert row == pytest.approx(expected, rel=1e-12)  # each of the 41 counts once


@pytest.mark.parametrize(
    ("epochs", "settings", "cases"),
    [
        (4, MANY_PIECES, ["numbers", "points"]),
        pytest.param(80, MANY_PIECES, ["numbers", "points"], marks=pytest.mark.soak),
        pytest.param(80, {}, ["numbers", "points"], marks=pytest.mark.soak),
        pytest.param(20, MANY_PIECES, ["text"], marks=pytest.mark.soak),
        pytest.param(80, {"device": "cuda"}, ["numbers"], marks=TWO_GPUS),
    ],
)
def test_two_processes_take_the_steps_of_one(epochs, settings, cases):
    assert_steps_are_those_of_one(epochs, settings, *cases)


# What differs between processes, and what does not


@pytest.fixture(scope="module")
def facts():
    """What two processes see in an epoch of five batches, with a seed of 7."""
    return run_on_two(1, {"seed": 7}, "facts")["facts"]


def test_each_process_draws_its_own_dropout_by_seed_and_rank(facts):
    for rank, seen in enumerate(facts):
        torch.manual_seed(7 + rank)
        assert seen["dropped"] == F.dropout(torch.ones(5, 4), 0.5).tolist()
    assert facts[0]["dropped"] != facts[1]["dropped"]


def test_all_processes_validate_with_the_first_ones_buffers(facts):
    # The inputs of the first process are 1 and its momentum 0.1, for 5 steps from 0 on.
    expected = [1 - 0.9**5] * 4
    for seen in facts:
        assert seen["running_mean"] == pytest.approx(expected, rel=1e-6)  # float32


def test_a_process_without_an_example_gets_the_figures_of_the_others(facts):
    first, second = facts
    assert first["num_measured"] == 2  # the validation, and the one example
    assert second["num_measured"] == 1
    assert first["figures"] == second["figures"]
    assert first["figures_of_one_example"] == second["figures_of_one_example"]
    assert set(first["figures_of_one_example"]) == {"loss", "accuracy"}


# Processes that end


def start(folder, *options, restarts=0):
    command = [*TORCHRUN, "--max-restarts", str(restarts), *TRAIN, folder, *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def find_workers(starter, folder, num_checkpoints=2):
    """Return the two processes once the run has saved some checkpoints."""
    deadline = time.monotonic() + 120
    while len(list(folder.glob("checkpoints/*.pt"))) < num_checkpoints:
        assert starter.poll() is None, starter.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    children = Path(f"/proc/{starter.pid}/task/{starter.pid}/children").read_text()
    return [int(child) for child in children.split()]


def is_running(process):
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


def list_sockets(process):
    """Return the inodes of a process's sockets."""
    inodes = set()
    for file in Path(f"/proc/{process}/fd").iterdir():
        if file.is_symlink():
            kind, _, inode = os.readlink(file).partition("[")
            if kind == "socket:":
                inodes.add(inode.rstrip("]"))
    return inodes


def list_listening(process):
    """Return the addresses that a process listens on, in the hexadecimal digits of /proc."""
    own = list_sockets(process)
    addresses = []
    for name in ("tcp", "tcp6"):
        for line in Path("/proc/net", name).read_text().splitlines():
            row = line.split()
            is_listening = row[3] == "0A"
            if is_listening and row[9] in own:
                addresses.append(row[1].partition(":")[0])
    return addresses


def find_own_lines(said):
    return [line for line in said.splitlines() if line.startswith("dlcourse: ")]


@needs_proc
@pytest.mark.parametrize("count", [1, pytest.param(20, marks=pytest.mark.soak)])
def test_a_process_that_is_killed_ends_the_other_with_one_message(tmp_path, count):
    chance = random.Random(count)
    loopback = f"{int.from_bytes(socket.inet_aton('127.0.0.1'), sys.byteorder):08X}"
    for number in range(count):
        folder = tmp_path / f"run-{number}"
        starter = start(folder, "--epochs", "100000")
        workers = find_workers(starter, folder)
        assert len(workers) == 2
        addresses = list_listening(workers[0]) + list_listening(workers[1])
        assert set(addresses) == {loopback}
        time.sleep(chance.uniform(0, 1))
        rank = (number + 1) % 2
        os.kill(workers[rank], signal.SIGKILL)
        killed_at = time.monotonic()
        _, said = starter.communicate(timeout=60)
        assert time.monotonic() - killed_at < 60
        assert starter.returncode != 0
        assert not any(is_running(worker) for worker in workers)
        own_lines = find_own_lines(said)
        # Where the first process is the one that is killed, only torchrun is left to say so.
        most_lines = 1 if rank == 1 else 0
        assert len(own_lines) <= most_lines
        assert all("another process has exited" in line for line in own_lines)
        assert "bug" not in said


def kill_one_and_wait(folder, rank, seconds):
    """Kill a process of a run that torchrun starts again; return the weights at the end."""
    starter = start(folder, "--epochs", "4", restarts=2)
    worker = find_workers(starter, folder)[rank]
    time.sleep(seconds)
    os.kill(worker, signal.SIGKILL)
    out, said = starter.communicate(timeout=180)
    assert starter.returncode == 0, said
    assert out.count("test accuracy") == 1
    assert len((folder / "metrics.csv").read_text("utf-8").splitlines()) == 1 + 4
    return (folder / "model.safetensors").read_bytes()


@needs_proc
def test_a_run_that_torchrun_starts_again_has_each_epoch_once(tmp_path):
    kill_one_and_wait(tmp_path / "run", rank=1, seconds=0)


@pytest.mark.soak
@needs_proc
def test_a_run_that_torchrun_starts_again_ends_as_the_whole_one(tmp_path):
    chance = random.Random(10)
    starter = start(tmp_path / "whole", "--epochs", "4")
    _, said = starter.communicate(timeout=180)
    assert starter.returncode == 0, said
    whole = (tmp_path / "whole" / "model.safetensors").read_bytes()
    for number in range(10):
        folder = tmp_path / f"run-{number}"
        assert kill_one_and_wait(folder, number % 2, chance.uniform(0, 0.2)) == whole


@pytest.mark.soak
@needs_proc
def test_torchruns_own_end_saves_first(tmp_path):
    starter = start(tmp_path / "run", "--epochs", "100000")
    workers = find_workers(starter, tmp_path / "run")
    starter.send_signal(signal.SIGTERM)
    _, said = starter.communicate(timeout=60)
    own_lines = find_own_lines(said)
    assert len(own_lines) == 1
    assert "is done: saved in" in own_lines[0]
    assert not any(is_running(worker) for worker in workers)
