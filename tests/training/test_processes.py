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

SCRIPT = Path(__file__).with_name("train_on_processes.py")
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
TRAIN = [
    "-m",
    "dlcourse",
    "train",
    "mlp",
    "--device",
    "cpu",
    "--checkpoint-seconds",
    "0",
    "--run-dir",
]
MANY_PIECES = {"accumulate": 3, "clip_norm": 0.1, "average_decay": 0.9}
TWO_GPUS = (  # which speak through NCCL
    pytest.mark.gpu,
    pytest.mark.skipif(torch.cuda.device_count() < 2, reason="needs two NVIDIA GPUs"),
)
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="reads /proc, as Linux has it"
)


def describe_run(starter, epochs, settings, data):
    command = [*starter, SCRIPT, str(epochs), json.dumps(settings), data]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize(
    ("epochs", "settings", "data"),
    [
        (4, MANY_PIECES, "numbers"),
        pytest.param(80, MANY_PIECES, "numbers", marks=pytest.mark.soak),
        pytest.param(80, {}, "numbers", marks=pytest.mark.soak),
        pytest.param(20, MANY_PIECES, "text", marks=pytest.mark.soak),
        pytest.param(80, {"device": "cuda"}, "numbers", marks=TWO_GPUS),
    ],
)
def test_two_processes_take_the_steps_of_one(epochs, settings, data):
    one, two = (
        describe_run(starter, epochs, settings, data) for starter in ([sys.executable], TORCHRUN)
    )
    assert one["step"] == two["step"] == 5 * epochs
    # float64's roundings are 1e-16 of the value; Adam divides small gradients by themselves
    assert max(abs(a - b) for a, b in zip(one["weights"], two["weights"], strict=True)) < 1e-12
    for alone, together in zip(one["rows"], two["rows"], strict=True):
        assert together[0] == pytest.approx(alone[0], rel=1e-12)
        assert together[1] == pytest.approx(alone[1], rel=1e-6)  # added up in float32
        assert together[2] == pytest.approx(alone[2], abs=1e-12)  # each of the 41 counts once


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
    return [
        int(one)
        for one in Path(f"/proc/{starter.pid}/task/{starter.pid}/children").read_text().split()
    ]


def is_running(process):
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


def list_listening(process):
    """Return the addresses that a process listens on, in the hexadecimal digits of /proc."""
    links = (
        os.readlink(file) for file in Path(f"/proc/{process}/fd").iterdir() if file.is_symlink()
    )
    own = {link.partition("[")[2].rstrip("]") for link in links if link.startswith("socket:")}
    rows = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path("/proc/net", name).read_text().splitlines()
    ]
    return [row[1].partition(":")[0] for row in rows if row[3] == "0A" and row[9] in own]


@needs_proc
@pytest.mark.parametrize("count", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_a_process_that_is_killed_ends_the_other_with_one_message(tmp_path, count):
    chance = random.Random(count)
    for number in range(count):
        folder = tmp_path / f"run-{number}"
        starter = start(folder, "--epochs", "100000")
        workers = find_workers(starter, folder)
        assert len(workers) == 2
        loopback = f"{int.from_bytes(socket.inet_aton('127.0.0.1'), sys.byteorder):08X}"
        addresses = [address for worker in workers for address in list_listening(worker)]
        assert set(addresses) == {loopback}
        time.sleep(chance.uniform(0, 1))
        rank = number % 2
        os.kill(workers[rank], signal.SIGKILL)
        began = time.monotonic()
        _, said = starter.communicate(timeout=60)
        assert time.monotonic() - began < 60
        assert starter.returncode != 0
        assert not any(map(is_running, workers))
        ours = [line for line in said.splitlines() if line.startswith("dlcourse: ")]
        assert len(ours) <= (
            rank == 1
        )  # where the first process is the one that is killed, torchrun says it
        assert all("another process has ended" in line for line in ours)
        assert "bug" not in said


@needs_proc
@pytest.mark.parametrize("count", [1, pytest.param(10, marks=pytest.mark.soak)])
def test_a_run_that_torchrun_starts_again_ends_as_the_whole_one(tmp_path, count):
    weights, chance = [], random.Random(count)
    for number in range(count + 1):
        folder = tmp_path / f"run-{number}"
        starter = start(folder, "--epochs", "4", restarts=2)
        if number > 0:
            worker = find_workers(starter, folder)[number % 2]
            time.sleep(chance.uniform(0, 0.2))
            os.kill(worker, signal.SIGKILL)
        out, said = starter.communicate(timeout=180)
        assert starter.returncode == 0, said
        assert out.count("test accuracy") == 1
        weights.append((folder / "model.safetensors").read_bytes())
    assert set(weights) == {weights[0]}


@pytest.mark.soak
@needs_proc
def test_torchruns_own_end_saves_first(tmp_path):
    starter = start(tmp_path / "run", "--epochs", "100000")
    workers = find_workers(starter, tmp_path / "run")
    starter.send_signal(signal.SIGTERM)
    _, said = starter.communicate(timeout=60)
    ours = [line for line in said.splitlines() if line.startswith("dlcourse: ")]
    assert len(ours) == 1
    assert "is done: saved in" in ours[0]
    assert not any(map(is_running, workers))
