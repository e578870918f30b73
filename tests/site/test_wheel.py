"""The package as people get it: a wheel that needs nothing of the repository and no network."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat

from dlcourse_site.labs import write_notebook

ROOT = Path(__file__).resolve().parents[2]

# run before the command: the package comes from the wheel, and any connection is an error
GUARD = """
import socket, sys
def refuse(*_, **__): raise OSError("no network in this test")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
sys.path.insert(0, sys.argv.pop(1))
import dlcourse
assert dlcourse.__file__.startswith(sys.path[0]), dlcourse.__file__
from dlcourse.commands.app import main
sys.exit(main())
"""

# Run each program under its name, as a notebook does
RUN_EACH = """
for name, code in programs.items():
    exec(compile(code, name, "exec"), {"__name__": "__main__"})
import dlcourse
print(*programs)
print(dlcourse.__file__)
"""


def test_wheel_holds_the_package_and_nothing_of_the_site(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"dlcourse"}
    sources = {
        path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src/dlcourse").rglob("*.py")
    }
    assert sources <= set(names)
    texts = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src/dlcourse/exercises").rglob("*")
        if path.suffix in (".md", ".toml")
    }
    assert len(texts) > 2
    assert texts <= set(names)
    assert any("licenses/LICENSE" in name for name in names)


def test_trains_from_the_wheel_without_network_or_repository(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    work = tmp_path / "work"
    work.mkdir()
    command = [sys.executable, "-c", GUARD, str(tmp_path / "installed"), "train", "mlp", "--json"]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()  # everything else is on stderr
    result = json.loads(line)
    assert result["test_accuracy"] >= 0.95  # what the course promises for ten classes of 8x8 digits
    assert (work / result["run_dir"] / "model.safetensors").exists()


def test_checks_an_exercise_from_the_wheel(wheel, tmp_path):
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    check = installed / "dlcourse/exercises/neuron/weighted_sum/check.py"
    check.write_text(check.read_text("utf-8").replace("the bias is not added", "no bias"), "utf-8")
    wrong = check.with_name("wrong_no_bias.py").read_text("utf-8")
    work = tmp_path / "work"
    file = work / "exercises/neuron/weighted_sum.py"
    file.parent.mkdir(parents=True)
    file.write_text(wrong, "utf-8")
    command = [sys.executable, "-c", GUARD, str(installed), "exercises", "check", "weighted_sum"]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "expected 1.5: no bias." in done.stdout


def test_every_notebook_runs_to_the_end_once_the_first_has_installed_the_package(hosted_python):
    """In one process, as each start imports torch; each notebook has names of its own."""
    missing = hosted_python("import dlcourse").stderr
    assert "ModuleNotFoundError" in missing  # else nothing is shown below
    programs = {}
    for lab in sorted(ROOT.glob("docs/*/lab.py")):
        notebook = nbformat.reads(write_notebook(lab).decode(), as_version=4)
        cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        programs[lab.parent.name] = "\n\n".join(cells)
    done = hosted_python(f"programs = {programs!r}\n{RUN_EACH}")
    assert done.returncode == 0, done.stderr
    *_, ran, place = done.stdout.splitlines()
    assert ran == " ".join(programs)
    assert "site-packages" in place
    assert str(ROOT / "src") not in place


def test_notebook_with_an_error_does_not_pass(hosted_python):
    assert hosted_python("import torch; torch.zeros(2) @ torch.zeros(3)").returncode == 1
