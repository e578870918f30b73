"""The README quotes what was measured, and the benchmark counts the steps of its works."""

import importlib
from itertools import takewhile
from pathlib import Path

import pytest

from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import MNIST, load_mnist

ROOT = Path(__file__).resolve().parents[1]


def read_table(name):
    """Return the rows of the first table in a file whose head speaks of CPU seconds."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    starts = [index for index, line in enumerate(lines) if line.startswith("| CPU seconds")]
    first_table_and_rest = lines[starts[0] :]
    return list(takewhile(lambda line: line.startswith("|"), first_table_and_rest))


def test_the_readme_quotes_the_newest_results():
    results = read_table("benchmarks/results.md")
    assert len(results) > 10
    assert read_table("README.md") == results


@pytest.fixture
def works(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("loops").WORKS


def test_steps_on_the_digits_are_counted_without_the_images(works):
    assert works["digits, MLP"].num_examples == len(load_digits().train)


@pytest.mark.mnist
@pytest.mark.skipif(
    MNIST.find() is None, reason="needs the MNIST files, found through DLCOURSE_DATA"
)
def test_steps_on_mnist_are_counted_without_the_images(works):
    num_examples = len(load_mnist().train)
    assert works["MNIST, MLP"].num_examples == num_examples
    assert works["MNIST, LeNet-5"].num_examples == num_examples
