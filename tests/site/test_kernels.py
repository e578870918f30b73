"""Kernels that are forked from one process behave as those that Python starts."""

import subprocess
import sys

import jupytext
import pytest
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert.preprocessors import ExecutePreprocessor

from dlcourse_site import kernels

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")

LAB = """\
# %%
import os
import matplotlib.pyplot as plt
import torch

print(os.path.basename(os.getcwd()), os.environ["LAB_SETTING"], __name__)
print(torch.ones(2).sum())

# %%
figure, axes = plt.subplots()
axes.plot([1, 2], [3, 4])
plt.show()

# %%
6 * 7
"""
RANDOM = "# %%\nimport random\nprint(random.random())\n"


def executed(source, folder):
    """Run the cells of a lab in a folder, and return what they show."""
    notebook = jupytext.reads(source, fmt="py:percent")
    resources = {"metadata": {"path": str(folder)}}
    ExecutePreprocessor(kernel_name="python3", timeout=300).preprocess(notebook, resources)
    return [dict(output) for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.fixture
def servers(monkeypatch):
    """Return a list that gets each server that starts."""
    started = []

    class Noted(subprocess.Popen):
        def __init__(self, command, **options):
            super().__init__(command, **options)
            if command == kernels.SERVER:
                started.append(self)

    monkeypatch.setattr(kernels.subprocess, "Popen", Noted)
    return started


def test_a_forked_kernel_shows_what_another_shows(servers, tmp_path, monkeypatch):
    monkeypatch.setenv("LAB_SETTING", "given")
    with kernels.forked_kernels():
        ours = executed(LAB, tmp_path)
        first, second = executed(RANDOM, tmp_path), executed(RANDOM, tmp_path)
        assert len(servers) == 1
    assert ours == executed(LAB, tmp_path)
    text = "".join(output.get("text", "") for output in ours)
    assert f"{tmp_path.name} given __main__" in text
    kinds = [set(output["data"]) for output in ours if "data" in output]
    assert {"image/png", "text/plain"} in kinds
    assert first != second  # what has no seed differs from kernel to kernel
    assert servers[0].returncode == 0


def test_a_cell_that_fails_or_ends_its_kernel_is_told_and_the_next_lab_runs(servers, tmp_path):
    with kernels.forked_kernels():
        with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
            executed("# %%\n1 / 0\n", tmp_path)
        with pytest.raises(DeadKernelError):
            executed("# %%\nimport os\nos._exit(3)\n", tmp_path)
        assert executed("# %%\nprint(1)\n", tmp_path)[0]["text"] == "1\n"
    assert len(servers) == 1
    assert servers[0].returncode == 0


def test_no_lab_starts_no_server(servers):
    with kernels.forked_kernels():
        pass
    assert servers == []
