"""The files that a run leaves, and how far it came."""

import csv
import tempfile
from pathlib import Path

from dlcourse.commands.train import train_run
from dlcourse.training.run_folder import RunFolder


def say_nothing(sentence):
    """Stand in for print, which the run would call."""


with tempfile.TemporaryDirectory() as folder:
    run = RunFolder(Path(folder, "run"))
    train_run("mlp", settings={"epochs": 3}, run_dir=run.path, say=say_nothing)
    names = sorted(path.name for path in run.path.iterdir())
    table = run.metrics.read_text()

print("\n".join(names))
rows = list(csv.DictReader(table.splitlines()))
print(f"{len(rows)} epochs, the last after step {rows[-1]['step']}")
