"""The README quotes what was measured."""

from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def table(name):
    """Return the rows of the first table in a file whose head speaks of CPU seconds."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("| CPU seconds"))
    return list(takewhile(lambda line: line.startswith("|"), lines[start:]))


def test_the_readme_quotes_the_newest_results():
    assert len(table("benchmarks/results.md")) > 10
    assert table("README.md") == table("benchmarks/results.md")
