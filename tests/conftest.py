"""The site as readers get it, built once for all tests that look at it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory) -> Path:
    """Return the folder of a strict build with all labs executed."""
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "dlcourse_site.build", "--site-dir", str(folder)]
    environment = {**os.environ, "DLCOURSE_RUN_LABS": "true"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"the site does not build:\n{done.stdout}{done.stderr}", pytrace=False)
    return folder
