"""The package as people get it: a wheel that needs nothing of the repository and no network."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

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


def test_wheel_holds_the_package_and_nothing_of_the_site(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"dlcourse"}
    sources = {
        path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src/dlcourse").rglob("*.py")
    }
    assert sources <= set(names)
    assert any("licenses/LICENSE" in name for name in names)


def test_trains_from_the_wheel_without_network_or_repository(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    work = tmp_path / "work"
    work.mkdir()
    command = [sys.executable, "-c", GUARD, str(tmp_path / "installed"), "train", "mlp", "--json"]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["test_accuracy"] >= 0.95  # what the course promises for ten classes of 8x8 digits
    assert (work / result["run_dir"] / "model.safetensors").exists()


@pytest.mark.parametrize("lab", [path.parent.name for path in sorted(ROOT.glob("docs/*/lab.py"))])
def test_notebook_installs_the_package_and_runs_to_the_end(lab, hosted_python):
    assert (
        "ModuleNotFoundError" in hosted_python("import dlcourse").stderr
    )  # else nothing is shown below
    notebook = nbformat.reads(write_notebook(ROOT / "docs" / lab / "lab.py").decode(), as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    done = hosted_python("\n\n".join([*cells, "import dlcourse; print('from', dlcourse.__file__)"]))
    assert done.returncode == 0, done.stderr
    assert "site-packages" in done.stdout.splitlines()[-1]
    assert str(ROOT / "src") not in done.stdout


def test_notebook_with_an_error_does_not_pass(hosted_python):
    assert hosted_python("import torch; torch.zeros(2) @ torch.zeros(3)").returncode == 1
