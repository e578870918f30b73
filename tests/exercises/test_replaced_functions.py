"""What a check in this process makes of programs."""

from pathlib import Path

from dlcourse.exercises.catalog import Exercise
from dlcourse.exercises.runner import check_file

CHECK = """
MESSAGES = {"not trained": "The weight is {got}, expected another."}


def check(learner, generator):
    from dlcourse.exercises.checking import expect

    expect(learner.train() != 0.5, "not trained", got=0.5)
"""
USES_AN_OPTIMIZER = """
import torch

def train():
    weight = torch.nn.Parameter(torch.tensor(0.5))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    weight.backward()
    optimizer.step()
    return weight.item()
"""
REPLACES = "import torch\ntorch.manual_seed = print\n\ndef train():\n    return 0.4\n"


def judge(folder: Path, program: str):
    """Return the verdict on a program in a process that has imported torch before."""
    for name, text in (("check", "import torch\n" + CHECK), ("starter", ""), ("solution", "")):
        (folder / f"{name}.py").write_text(text, "utf-8")
    exercise = Exercise("training/one_step", "training", (1,), 1, 5, (), folder)
    path = folder / "learner.py"
    path.write_text(program, "utf-8")
    return check_file(exercise, path, seed=0).verdict


def test_an_optimizer_is_no_replaced_function(tmp_path):
    """The first one makes PyTorch wrap torch.manual_seed."""
    assert judge(tmp_path, USES_AN_OPTIMIZER).passed


def test_a_replaced_function_of_pytorch_is_named(tmp_path):
    verdict = judge(tmp_path, REPLACES)
    assert (verdict.passed, verdict.key) == (False, "replaced")
    assert "torch.manual_seed" in verdict.message
