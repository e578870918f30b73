"""The files that a run leaves, and how far it came."""

import csv
import tempfile
from pathlib import Path

from dlcourse.commands.options import RunChoices
from dlcourse.commands.train import plan_run, train_run


def say_nothing(sentence):
    pass


with tempfile.TemporaryDirectory() as folder:
    choices = RunChoices(run_dir=Path(folder, "run"))
    plan = plan_run("mlp", "digits", choices, settings={"epochs": 3})
    train_run(plan, say=say_nothing)
    names = sorted(path.name for path in plan.run.path.iterdir())
    table = plan.run.metrics.read_text()

print("\n".join(names))
rows = list(csv.DictReader(table.splitlines()))
print(f"{len(rows)} epochs, the last after step {rows[-1]['step']}")
