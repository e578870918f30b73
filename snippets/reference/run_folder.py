"""The files that a run saves, and how far it got."""

import csv
import tempfile
from pathlib import Path

from dlcourse.commands.train import train_run
from dlcourse.training.run_folder import RunFolder


def say_nothing(sentence):
    """Print nothing; the run would call print."""


with tempfile.TemporaryDirectory() as folder:
    run = RunFolder(Path(folder, "run"))
    train_run("mlp", settings={"epochs": 3}, run_dir=run.path, say=say_nothing)
    names = sorted(path.name for path in run.path.iterdir())
    table = run.metrics.read_text()

print("\n".join(names))
rows = list(csv.DictReader(table.splitlines()))
print(f"{len(rows)} epochs, the last after step {rows[-1]['step']}")
