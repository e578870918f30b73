"""Ask a script of this folder that Node runs; question and answer are JSON."""

import json
import subprocess
from pathlib import Path
from typing import Any

from dlcourse_site.katex import find_node


def ask_node(script: str, question: Any, *arguments: str, seconds: float = 60) -> Any:
    """Return what a script answers on its standard output to a question on its standard input."""
    done = subprocess.run(
        [find_node(), str(Path(__file__).with_name(script)), *arguments],
        input=json.dumps(question),
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
