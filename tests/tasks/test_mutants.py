"""Each change of the arithmetic of scratch, losses and measures is noticed by what compares it.

--soak changes the functions in one place at a time, as `dlcourse exercises verify --mutants` does
with solutions. tests/mutate.py changes more, and judges by the tests of a module.
"""

import ast
import contextlib
import os
import signal
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import test_losses_with_formulas
import test_scenes_with_loops
import test_scratch_with_pytorch

from dlcourse.exercises.mutants import Mutant, is_named, mutants

SOURCES = Path(__file__).resolve().parents[2] / "src"
SECONDS = 30  # for one comparison: a change can make a loop endless
FEWEST_KILLED = 0.95


@dataclass(frozen=True)
class Entry:
    """Functions of a module, what compares them, and the changes that no result shows, with why."""

    module: str
    functions: tuple[str, ...]
    oracle: Callable
    equivalent: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The module's file."""
        return SOURCES / f"{self.module.replace('.', '/')}.py"


ENTRIES = [
    Entry(
        "dlcourse.scratch.value",
        (
            *(f"Value.__{name}__" for name in ("init", "add", "sub", "mul", "truediv", "pow")),
            *(f"Value.__{name}__" for name in ("neg", "radd", "rsub", "rmul", "rtruediv", "rpow")),
            *(f"Value.{name}" for name in ("exp", "log", "tanh", "relu", "sigmoid", "backward")),
            "topological_order",
            "_power",
            "_power_slope",
        ),
        test_scratch_with_pytorch.check_values,
        ("self.data >= 0 → self.data > 0: at 0 both formulas give exactly 1/2",),
    ),
    Entry(
        "dlcourse.scratch.neuron",
        (
            *(f"{name}.__init__" for name in ("Neuron", "Layer", "MLP")),
            *(f"{name}.__call__" for name in ("Neuron", "Layer", "MLP")),
            *(f"{name}.parameters" for name in ("Neuron", "Layer", "MLP")),
            "Module.zero_grad",
        ),
        test_scratch_with_pytorch.check_networks,
        ("return outputs[0] → return outputs[-1]: there is one output",),
    ),
    Entry(
        "dlcourse.scratch.optimizer",
        ("SGD.__init__", "SGD.step", "SGD.zero_grad"),
        test_scratch_with_pytorch.check_optimizer,
    ),
    Entry(
        "dlcourse.tasks.boxes",
        (
            *("find_iou", "find_area", "find_centers", "read_boxes", "find_objects", "find_hits"),
            *("count_by_score", "find_average_precision"),
        ),
        test_scenes_with_loops.check_boxes,
        (
            "outputs.shape[-2:] → outputs.shape[2:]: outputs have four axes",
            "objects[..., 0] >= 0 → objects[..., 0] >= -1: no found object has class -1",
            "objects[..., 0] >= 0 → objects[..., 1] >= 0: as above, and edges are at least 0",
            "objects[..., 0] >= 0 → objects[..., -1] >= 0: as above",
            "masked_fill(~can_be, 0) → masked_fill(~can_be, -1): both are below LEAST_IOU",
        ),
    ),
    Entry(
        "dlcourse.tasks.detect",
        ("Detect.loss", "Detect.compare", "Detect.measure", "Detect.figures", "find_targets"),
        test_scenes_with_loops.check_detector,
        (
            "objects[..., 3:5] → objects[..., 3:6]: there are five numbers",
            "chosen[..., 3:5] → chosen[..., 3:6]: there are five numbers",
        ),
    ),
    Entry(
        "dlcourse.tasks.segment",
        (
            *("Segment.loss", "Segment.measure", "Segment.figures", "Segment.count_classes"),
            "count_pixels",
        ),
        test_scenes_with_loops.check_segmentation,
    ),
    Entry(
        "dlcourse.tasks.reconstruct",
        (
            *("Reconstruct.loss", "Reconstruct.add_noise", "Reconstruct.measure"),
            *("Variational.loss", "Variational.find_parts", "Variational.measure"),
            *("Variational.add_noise", "Variational.find_codes"),
        ),
        test_losses_with_formulas.check_autoencoders,
    ),
    Entry(
        "dlcourse.tasks.language",
        ("Language.loss", "Language.divisor", "Language.measure"),
        test_losses_with_formulas.check_language,
    ),
    Entry(
        "dlcourse.tasks.classify",
        ("Classify.loss", "Classify.measure"),
        test_losses_with_formulas.check_classification,
    ),
    Entry(
        "dlcourse.tasks.adversarial",
        ("find_discriminator_loss", "find_squared_slopes", "add_features", "find_distance"),
        test_losses_with_formulas.check_adversarial,
    ),
    Entry(
        "dlcourse.tasks.noising",
        ("make_schedule", "add_noise"),
        test_losses_with_formulas.check_noising,
        ("cumprod(dim=0) → cumprod(dim=-1): there is one axis",),
    ),
]
NAMES = [entry.module.removeprefix("dlcourse.") for entry in ENTRIES]


def load(entry: Entry, source: str) -> types.ModuleType:
    """Return a module with a source of its own; other modules keep the original."""
    module = types.ModuleType(entry.module)
    exec(compile(source, str(entry.path), "exec"), module.__dict__)
    return module


def lines_of(entry: Entry, source: str) -> set[int]:
    """Return the lines of the entry's functions."""
    lines = set()
    found = set()
    tree = ast.parse(source)
    classes = [(f"{node.name}.", node) for node in tree.body if isinstance(node, ast.ClassDef)]
    for prefix, owner in [("", tree), *classes]:
        for node in owner.body:
            if isinstance(node, ast.FunctionDef) and f"{prefix}{node.name}" in entry.functions:
                found.add(f"{prefix}{node.name}")
                lines |= set(range(node.lineno, node.end_lineno + 1))
    assert found == set(entry.functions)
    return lines


def mutants_of(entry: Entry) -> Iterator[Mutant]:
    """Yield the changes of the entry's functions."""
    source = entry.path.read_text("utf-8")
    lines = lines_of(entry, source)
    return (mutant for mutant in mutants(source) if mutant.line in lines)


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise an exception in what takes longer."""

    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def is_killed(entry: Entry, mutant: Mutant) -> bool:
    """Tell whether the oracle notices a change."""
    try:
        with time_limit(SECONDS):
            entry.oracle(load(entry, mutant.source))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return True
    return False


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="Windows has no timer that stops a loop")
@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
@pytest.mark.filterwarnings("ignore")  # of NumPy and PyTorch about what a change makes
def test_each_change_is_noticed(entry, record_property):
    killed = 0
    equivalent = set()
    survivors = []
    for mutant in mutants_of(entry):
        named = {change for change in entry.equivalent if is_named(mutant, change)}
        if is_killed(entry, mutant):
            killed += 1
        elif named:
            equivalent |= named
        else:
            survivors.append(f"{mutant.line}: {mutant.change}")
    figures = f"{killed} changes noticed, {len(survivors)} not, {len(equivalent)} are equivalent"
    record_property("line", f"mutants of {entry.module}: {figures}")
    assert not survivors, "\n".join(survivors)
    assert equivalent == set(entry.equivalent)
    assert killed > 5
