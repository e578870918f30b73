"""Train as `dlcourse train mlp --epochs 3` does, without a terminal."""

import tempfile
from pathlib import Path

from dlcourse.commands.train import train_run


def say_nothing(sentence):
    """Print nothing; the run would call print."""


with tempfile.TemporaryDirectory() as folder:
    result = train_run(
        "mlp",
        settings={"epochs": 3},
        run_dir=Path(folder, "run"),
        say=say_nothing,
    )

print(f"{result['model']} on {result['data']}, {result['epochs']} epochs")
print(f"more than 80% correct: {result['test_accuracy'] > 0.8}")
