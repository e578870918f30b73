"""The benchmark of transfer does what it says, and the README quotes its table."""

import itertools
import runpy
from pathlib import Path

import torch
from small_digits import load_few, load_three

from dlcourse.training import trainer

ROOT = Path(__file__).resolve().parents[1]


def rows_of(path):
    """Return the rows of the table of transfer in a Markdown file."""
    lines = Path(ROOT, path).read_text("utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("| test accuracy |"))
    return list(itertools.takewhile(lambda line: line.startswith("|"), lines[start:]))


def test_the_readme_quotes_the_table_of_the_benchmark():
    assert len(rows_of("benchmarks/transfer.md")) >= 9
    assert rows_of("README.md") == rows_of("benchmarks/transfer.md")


def test_the_benchmark_gives_all_ways_the_same_images(monkeypatch, tmp_path):
    benchmark = runpy.run_path(str(ROOT / "benchmarks" / "transfer.py"))
    monkeypatch.setitem(benchmark["measure"].__globals__, "RATES", (0.01,))
    source = load_few()
    target = load_three()
    sources = benchmark["train_sources"]("mlp", source, [0], tmp_path / "sources")
    seen = []
    real = trainer.Trainer.fit

    def fit(self, batches, *others, **options):
        seen.append(batches.labels)
        real(self, batches, *others, **options)

    monkeypatch.setattr(trainer.Trainer, "fit", fit)
    found = benchmark["measure"]("mlp", sources, target, 5, [0], num_steps=2)
    assert list(found) == list(benchmark["WAYS"])
    assert all(0 <= accuracy <= 1 for scores, _ in found.values() for accuracy in scores)
    assert len(seen) == 3
    for labels in seen:
        assert torch.equal(labels, seen[0])
        assert labels.bincount().tolist() == [5, 5, 5]
