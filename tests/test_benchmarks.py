"""The README quotes what was measured."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def table(name):
    lines = (ROOT / name).read_text("utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("| | CPU seconds"))
    return [line for line in lines[start : start + 12] if line.startswith("|")]


def test_the_readme_quotes_the_newest_results():
    assert len(table("benchmarks/results.md")) > 3
    assert table("README.md") == table("benchmarks/results.md")
