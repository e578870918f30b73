"""Train as `dlcourse train mlp --epochs 3` does, without a terminal."""

import tempfile
from pathlib import Path

from dlcourse.commands.options import RunChoices
from dlcourse.commands.train import plan_run, train_run


def say_nothing(sentence):
    pass


with tempfile.TemporaryDirectory() as folder:
    choices = RunChoices(run_dir=Path(folder, "run"))
    plan = plan_run("mlp", "digits", choices, settings={"epochs": 3})
    result = train_run(plan, say=say_nothing)

print(f"{result['model']} on {result['data']}, {result['epochs']} epochs")
print(f"more than 80% correct: {result['test_accuracy'] > 0.8}")
