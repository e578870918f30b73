"""Characters per CPU second of character models, ours beside others, in turn on the same text.

`python benchmarks/characters.py` trains each contender for some steps, one after another and
several times, in a process of its own, and prints the median of the characters that it learned
from in a second of the processor. A contender whose package is not installed is skipped. All have
one configuration: the same sizes, batches, optimizer and number of threads.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

EMBEDDING = 32
HIDDEN = 128
CONTEXT = 64
BATCH = 16
LEARNING_RATE = 2e-3
WARM_UP = 10  # steps that are not counted


@dataclass(frozen=True)
class Contender:
    """Something that learns from batches of windows.

    needs: the package that it cannot do without.
    """

    prepare: Callable[[], Callable[[int], None]]  # returns what takes a number of steps
    needs: str


def read_text():
    """Return the ids of the course's text and the size of its vocabulary."""
    from dlcourse.data.text import load_text

    text = load_text()
    return text.train, len(text.vocabulary)


def prepare_dlcourse():
    """Train our LSTM with the Trainer's loop and optimizer."""
    import torch

    from dlcourse.data.text import TextBatches
    from dlcourse.tasks.language import Language
    from dlcourse.training.config import TrainConfig
    from dlcourse.training.trainer import Trainer

    ids, vocabulary_size = read_text()
    torch.manual_seed(0)
    family = Language("lstm")
    network = family.network_class(vocabulary_size, EMBEDDING, HIDDEN)
    generator = torch.Generator().manual_seed(0)

    def train(num_steps):
        windows = ids[: num_steps * BATCH * CONTEXT + 1]
        batches = TextBatches(windows, BATCH, CONTEXT, generator)
        config = TrainConfig(
            epochs=1, batch_size=BATCH, learning_rate=LEARNING_RATE, schedule="constant"
        )
        one_window = TextBatches(ids[: CONTEXT + 1], 1, CONTEXT)  # what fit validates on
        Trainer(network, config, task=family).fit(batches, one_window)

    return train


def prepare_keras():
    """Train the same layers with Keras' fit, on its PyTorch backend."""
    os.environ["KERAS_BACKEND"] = "torch"  # Keras reads it when it is imported
    import keras
    import torch

    ids, vocabulary_size = read_text()
    keras.utils.set_random_seed(0)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((CONTEXT,), dtype="int32"),
            layers.Embedding(vocabulary_size, EMBEDDING),
            layers.LSTM(HIDDEN, return_sequences=True),
            layers.Dense(vocabulary_size),
        ]
    )
    model.compile(
        keras.optimizers.AdamW(LEARNING_RATE),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )

    def train(num_steps):
        num_windows = num_steps * BATCH
        windows = ids.unfold(0, CONTEXT + 1, CONTEXT)[:num_windows].to(torch.int32)
        inputs = windows[:, :-1].numpy()
        targets = windows[:, 1:].numpy()
        model.fit(inputs, targets, batch_size=BATCH, epochs=1, verbose=0)

    return train


CONTENDERS = {
    "lstm, dlcourse": Contender(prepare_dlcourse, needs="dlcourse"),
    "lstm, Keras on PyTorch": Contender(prepare_keras, needs="keras"),
}


def measure(name, num_steps):
    """Return the characters per CPU second of one contender, without its first steps."""
    import torch

    torch.set_num_threads(1)
    train = CONTENDERS[name].prepare()
    train(WARM_UP)
    start = time.process_time()
    train(num_steps)
    seconds = time.process_time() - start
    return num_steps * BATCH * CONTEXT / seconds


def measure_in_process(name, num_steps):
    """Measure a contender in a process of its own."""
    command = [sys.executable, __file__, "--only", name, "--steps", str(num_steps)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


def compare(num_steps, rounds):
    """Measure all contenders in turn; return the median of each that can be measured."""
    speeds = {}
    for name, contender in CONTENDERS.items():
        if importlib.util.find_spec(contender.needs) is None:
            print(f"{name}: skipped, because {contender.needs} is not installed")
        else:
            speeds[name] = []
    for _ in range(rounds):
        for name, measured in speeds.items():
            measured.append(measure_in_process(name, num_steps))
    return {name: statistics.median(measured) for name, measured in speeds.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=80, help="steps of a measurement")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each contender")
    parser.add_argument("--only", choices=CONTENDERS, help="measure one, in this process")
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(measure(arguments.only, arguments.steps)))
        return
    speeds = compare(arguments.steps, arguments.rounds)
    first = next(iter(speeds.values()))
    print(f"{'contender':25} {'characters per CPU second':>26} {'ours is':>9}")
    for name, speed in speeds.items():
        print(f"{name:25} {speed:26,.0f} {first / speed:8.1f}x")


if __name__ == "__main__":
    main()
