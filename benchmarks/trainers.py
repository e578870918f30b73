"""The Trainer beside the loops that people write and the frameworks that they would use instead.

    python benchmarks/trainers.py [ROUNDS [WORK...]]        writes benchmarks/results.json and .md

All train the same network from the same weights on the same images, in batches of the same size,
by SGD with Nesterov momentum 0.9 and learning rate 0.05. CPU seconds at one thread are compared, as
ratios to the bare loop of the same round: each contender has a process of its own, and they take
turns, so that other work on the machine slows all of them. What is paid once is not counted:
imports, data read from the disk, and a first training that warms up.

The Trainer has its schedule, reports its progress and checks each loss. It keeps a run folder,
where epochs end with weights, metrics and a checkpoint, at most once a second. In two rows each
epoch does, with all these files or with the checkpoint; in one row there is no folder. The Trainer
validates on ten images, as it must on some; the others do not validate.

MNIST takes part where its files are found (DLCOURSE_DATA names their folder), a peer where it is
installed: pip install -e '.[bench]'. Where there is an NVIDIA GPU, the loops and the Trainer do
each work there as well; then seconds are those of the clock until the GPU has finished.
"""

import argparse
import contextlib
import functools
import io
import multiprocessing
import os
import resource
import sys
import tempfile
import time
import warnings
from pathlib import Path
from unittest import mock

import torch
from gpu import finish, measure_busy_share
from loops import GPU, LOOPS, PARTS, WORKS, Work
from peers import PEERS
from results import OURS_WITHOUT_FOLDER, RESULTS, Answer, write_results

from dlcourse.data.batches import Batches
from dlcourse.data.mnist import MNIST
from dlcourse.training.clock import FILE_SECONDS
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer

# The contenders


def ours_without_folder(work, run=None, file_seconds=FILE_SECONDS):
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
    trainer = Trainer(
        work.make_model(),
        config,
        run,
        report=lambda progress: None,
        file_seconds=file_seconds,
    )
    validation = Batches(
        work.data.validation, 10, max_value=work.data.max_value, device=work.device
    )
    ten_images = next(iter(validation))
    trainer.fit(work.make_batches(), [ten_images])
    return trainer.model


def ours(work, file_seconds=FILE_SECONDS):
    with tempfile.TemporaryDirectory() as folder:
        return ours_without_folder(work, RunFolder(Path(folder, "run")), file_seconds)


def ours_with_all_files(work):
    return ours(work, file_seconds=0.0)


def ours_with_all_checkpoints(work):
    """Let each epoch end with a checkpoint, but with the other files at most once a second."""
    save_epoch = RunFolder.save_epoch
    next_files = 0.0

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
    OURS_WITHOUT_FOLDER: ours_without_folder,
}
MEASURED = CONTENDERS | PARTS  # the parts explain where the Trainer's time goes


# In a contender's process


def stand_by(connection, name, work_name):
    """Train once to warm up, then once for each request, and answer it.

    The first thing that is sent is why the contender cannot take part, or None.
    """
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    work = Work(work_name)
    fit = functools.partial(MEASURED[name], work)
    busy_share = None
    try:
        with silence():
            predict = fit()
            if work.device.type == "cuda":
                busy_share = measure_busy_share(fit, work.device)
    except (ImportError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        connection.send(reason)
        return

    accuracy = None
    if predict is not None:
        accuracy = measure_accuracy(predict, work)
    connection.send(None)
    while True:
        connection.recv()  # returns when the contender's turn has come
        with silence():
            seconds = measure_seconds(fit, work.device)
        memory_mib = measure_peak_memory_mib(work.device)
        connection.send(Answer(seconds, accuracy, memory_mib, busy_share))


@contextlib.contextmanager
def silence():
    """Drop what is printed meanwhile."""
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        yield


def measure_accuracy(predict, work):
    """Return the share of correct predictions on the test images."""
    test = Batches(work.data.test, 1000, max_value=work.data.max_value, device=work.device)
    if isinstance(predict, torch.nn.Module):
        predict.eval()
    num_correct = 0
    with torch.inference_mode():
        for images, labels in test:
            is_correct = predict(images).argmax(1) == labels
            num_correct += is_correct.sum().item()
    return num_correct / test.num_examples


def measure_seconds(fit, device):
    started = read_clock(device)
    fit()
    return read_clock(device) - started


def read_clock(device):
    """Return CPU seconds, or for a GPU the clock's once it has finished.

    CPU seconds are those of this process and of the child processes that have ended.
    """
    if device.type == "cuda":
        finish(device)
        return time.perf_counter()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def measure_peak_memory_mib(device):
    """Return the peak memory of this process so far, or of PyTorch on a GPU."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated() / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if sys.platform == "darwin":
        return peak / 2**20  # macOS gives bytes
    return peak / 2**10  # Linux gives KiB


# In the main process


class Contender:
    """A contender's process, which waits until its turn comes."""

    def __init__(self, name, work_name):
        context = multiprocessing.get_context("spawn")
        self.connection, its_connection = context.Pipe()
        self.process = context.Process(
            target=stand_by, args=(its_connection, name, work_name), daemon=True
        )
        self.process.start()
        its_connection.close()  # where the process dies, waiting for an answer then ends, too

    def wait_until_ready(self):
        """Return why the contender cannot take part, or None."""
        return self.connection.recv()

    def train(self):
        """Return the answer after one more training."""
        self.connection.send("train")
        return self.connection.recv()


def start_contenders(work_name):
    """Start all at once, so that they import and warm up together; return those that can train."""
    started = {}
    for name in MEASURED:
        if name in PEERS and work_name.endswith(GPU):
            continue
        started[name] = Contender(name, work_name)

    ready = {}
    for name, contender in started.items():
        reason = contender.wait_until_ready()
        if reason is None:
            ready[name] = contender
        else:
            print(f"{work_name}: {name} is left out: {reason}", file=sys.stderr)
    return ready


def measure(work_name, num_rounds):
    """Let the contenders take turns; after each round write what they have answered so far."""
    contenders = start_contenders(work_name)
    answers = {name: [] for name in contenders}
    for _ in range(num_rounds):
        for name, contender in contenders.items():
            answers[name].append(contender.train())
        write_results(work_name, answers, list(CONTENDERS))
    for contender in contenders.values():
        contender.process.terminate()


def find_obstacle(work_name):
    """Return why a work cannot be done on this machine, or None."""
    if work_name.startswith("MNIST") and MNIST.find() is None:
        return "MNIST is not found"
    if work_name.endswith(GPU) and not torch.cuda.is_available():
        return "there is no NVIDIA GPU"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rounds", type=int, nargs="?", default=5)
    parser.add_argument("works", nargs="*", metavar="WORK", help=f"one of: {'; '.join(WORKS)}")
    options = parser.parse_args()

    # The processes of the contenders inherit these settings
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["KERAS_BACKEND"] = "torch"
    for work_name in options.works or WORKS:
        obstacle = find_obstacle(work_name)
        if obstacle is None:
            measure(work_name, options.rounds)
        else:
            print(f"{work_name} is left out: {obstacle}", file=sys.stderr)
    print(RESULTS.with_suffix(".md").read_text("utf-8"), end="")


if __name__ == "__main__":
    main()
