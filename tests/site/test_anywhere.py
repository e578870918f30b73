"""Every page holds on another processor, with other threads, in another order, in two processes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAST_FIRST = "def pytest_collection_modifyitems(items):\n    items.reverse()\n"
# Each library chooses its instructions itself; others add up in another order, or round less often.
OLDEST = {
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
}
AVX2 = {
    "ATEN_CPU_CAPABILITY": "avx2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
}
WAYS = {
    "avx2-one-thread-last-block-first": (["-p", "last_first"], AVX2 | {"OMP_NUM_THREADS": "1"}),
    "oldest-two-threads-two-workers": (["-n", "2"], OLDEST | {"OMP_NUM_THREADS": "2"}),
}

PATIENT = (
    "-o",
    "snippet_seconds=600",
)  # on a busy machine two threads wait for each other: 60 s for what takes 1


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
def test_pages_hold(way, tmp_path):
    options, processor = WAYS[way]
    (tmp_path / "last_first.py").write_text(LAST_FIRST, "utf-8")
    paths = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    settings = processor | {"PYTHONPATH": paths}
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
