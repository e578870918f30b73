"""Every page holds on another processor, with other threads, in another order, in two processes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAST_FIRST = "def pytest_collection_modifyitems(items):\n    items.reverse()\n"
WAYS = {  # ATEN_CPU_CAPABILITY=default: PyTorch without AVX, which adds up in another order
    "default-instructions-one-thread-last-block-first": (["-p", "last_first"], "1"),
    "default-instructions-two-threads-two-workers": (["-n", "2"], "2"),
}

PATIENT = (
    "-o",
    "snippet_seconds=600",
)  # on a busy machine two threads wait for each other: 60 s for what takes 1


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
def test_pages_hold(way, tmp_path):
    options, threads = WAYS[way]
    (tmp_path / "last_first.py").write_text(LAST_FIRST, "utf-8")
    paths = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    settings = {"ATEN_CPU_CAPABILITY": "default", "OMP_NUM_THREADS": threads, "PYTHONPATH": paths}
    settings["OMP_WAIT_POLICY"] = (
        "passive"  # else threads burn the processor that other processes need
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "docs",
        "-q",
        "-p",
        "no:cacheprovider",
        *options,
        *PATIENT,
    ]
    environment = os.environ | settings
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    (blocks,) = re.findall(r"^checked: (\d+) Python blocks", done.stdout, re.MULTILINE)
    assert int(blocks) > 200
    assert re.search(r"^page check: .* s of CPU, .* to import torch$", done.stdout, re.MULTILINE)
