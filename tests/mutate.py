"""Change the package in one place at a time, and list the changes that no test notices.

`python tests/mutate.py` runs every entry of ENTRIES, `python tests/mutate.py scratch` runs one.
mutmut makes the changed functions, called mutants, and runs the tests that call each of them.
tests/mutants.md lists the survivors that behave like the original. Any other one fails the run.
"""

import ast
import difflib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MUTANTS = ROOT / "mutants"  # mutmut writes its copy of the project here
ARGUED = ROOT / "tests" / "mutants.md"
KEPT_DECORATORS = ("staticmethod", "classmethod")  # mutmut handles these two itself


LEARNER_TESTS = [
    f"tests/training/test_losses_of_any_kind.py::{name}"
    for name in (
        "test_two_learners_resume_with_both_optimizers",
        "test_a_checkpoint_has_an_optimizer_of_each_learner",
        "test_the_best_epoch_is_that_with_the_highest_figure",
    )
]
PRECISION_TESTS = [
    f"tests/training/test_accumulation.py::{name}"
    for name in (
        "test_outputs_are_bfloat16_in_training_and_weights_stay_float32",
        "test_lower_precision_learns_as_float32_does",
        "test_a_step_whose_gradient_float16_cannot_hold_is_left_out",
    )
]
SLOW_TESTS = [  # left out: others notice the same changes sooner
    f"--deselect=tests/training/{name}"
    for name in ("test_trainer.py::test_it_learns_what_can_be_learned",)
]


@dataclass(frozen=True)
class Entry:
    """Modules to change, and the tests that judge each change."""

    modules: list[str]
    tests: list[str]


ENTRIES = {
    "scratch": Entry(["src/dlcourse/scratch/*.py"], ["tests/scratch"]),
    "batches": Entry(
        ["src/dlcourse/data/batches.py"],
        ["tests/data/test_batches.py", "tests/data/test_image_files.py"],
    ),
    "loop": Entry(["src/dlcourse/training/loop.py"], ["tests/training/test_loop.py"]),
    "optimizer": Entry(
        ["src/dlcourse/training/optimizer.py"], ["tests/training/test_optimizer.py"]
    ),
    "schedule": Entry(["src/dlcourse/training/schedule.py"], ["tests/training/test_schedule.py"]),
    "losses": Entry(["src/dlcourse/training/losses.py"], ["tests/training/test_losses.py"]),
    "clock": Entry(["src/dlcourse/training/clock.py"], ["tests/training/test_clock.py"]),
    "task": Entry(["src/dlcourse/training/task.py"], ["tests/training/test_task.py"]),
    "accumulation": Entry(
        ["src/dlcourse/training/accumulation.py"], ["tests/training/test_accumulation.py"]
    ),
    "state": Entry(["src/dlcourse/training/state.py"], ["tests/training/test_state.py"]),
    "trainer": Entry(
        ["src/dlcourse/training/trainer.py"],
        [
            "tests/training/test_trainer.py",
            "tests/training/test_trainer_edges.py",
            "tests/training/test_files_of_a_run.py",
            "tests/training/test_resume.py",
            *LEARNER_TESTS,
            *PRECISION_TESTS,
            *SLOW_TESTS,
        ],
    ),
    "language": Entry(["src/dlcourse/tasks/language.py"], ["tests/tasks/test_language.py"]),
    "classify": Entry(["src/dlcourse/tasks/classify.py"], ["tests/tasks/test_classify.py"]),
    "reconstruct": Entry(
        ["src/dlcourse/tasks/reconstruct.py"], ["tests/tasks/test_reconstruct.py"]
    ),
    "image_family": Entry(
        ["src/dlcourse/tasks/image_family.py"],
        ["tests/tasks/test_classify.py", "tests/tasks/test_image_family.py"],
    ),
    "diffuse": Entry(
        ["src/dlcourse/tasks/diffuse.py", "src/dlcourse/tasks/noising.py"],
        ["tests/tasks/test_diffuse.py", "tests/tasks/test_noising.py"],
    ),
    "adversarial": Entry(
        ["src/dlcourse/tasks/adversarial.py"], ["tests/tasks/test_adversarial.py"]
    ),
    "family": Entry(["src/dlcourse/tasks/family.py"], ["tests/tasks/test_family.py"]),
}


@dataclass(frozen=True)
class Survivor:
    """A mutant that no test noticed."""

    path: Path
    line: int
    change: str  # the lines before, each after a minus, and the lines after, each after a plus


def mutate_decorated_functions() -> None:
    """Make mutmut change functions with a decorator too; by itself it leaves them out.

    The decorator stays on the function that chooses between the original and the mutants, and is
    taken off those, so that a property or a context manager works as before.
    """
    import libcst as cst
    from mutmut.mutation import file_mutation

    is_left_out = file_mutation.MutationVisitor._skip_node_and_children
    arrange = file_mutation.function_trampoline_arrangement

    def is_left_out_without_decorators(visitor, node):
        if isinstance(node, cst.FunctionDef) and node.decorators:
            node = node.with_changes(decorators=[])
        return is_left_out(visitor, node)

    def arrange_without_decorators(function, mutants, class_name):
        dictionary, methods, assignments, names = arrange(function, mutants, class_name)
        chooser, *versions = methods
        if not is_kept(function.decorators):
            versions = [version.with_changes(decorators=[]) for version in versions]
        return dictionary, [chooser, *versions], assignments, names

    def is_kept(decorators):
        names = [getattr(decorator.decorator, "value", "") for decorator in decorators]
        return any(name in KEPT_DECORATORS for name in names)

    file_mutation.MutationVisitor._skip_node_and_children = is_left_out_without_decorators
    file_mutation.function_trampoline_arrangement = arrange_without_decorators


def run_mutmut(entry: Entry) -> None:
    """Make and judge the mutants of an entry; mutmut keeps the results in its folder.

    mutmut starts with a change that must fail, which proves that the tests import its copy.
    """
    from mutmut.__main__ import cli
    from mutmut.configuration import config

    mutate_decorated_functions()
    settings = config()
    settings.only_mutate = entry.modules
    settings.pytest_add_cli_args_test_selection = entry.tests
    cli(["run", "--max-children", "1"], standalone_mode=False)


def read_results(entry: Entry) -> dict[str, tuple[Path, str]]:
    """Return by a mutant's name its file and its status: killed, survived, timeout, ..."""
    from mutmut.mutation.data import SourceFileMutationData
    from mutmut.stats import status_by_exit_code

    results = {}
    for pattern in entry.modules:
        for path in sorted(ROOT.glob(pattern)):
            data = SourceFileMutationData(path=path.relative_to(ROOT))
            data.load()
            for name, exit_code in data.exit_code_by_key.items():
                results[name] = (data.path, status_by_exit_code[exit_code])
    return results


def judge_by_all_tests(name: str, entry: Entry, time_limit_s: float) -> str:
    """Return the status of a mutant after all tests of its entry, in a process of its own.

    mutmut runs the tests that called the function in their own process. A test that starts a
    process is not among these, so a survivor gets this second trial.
    """
    from mutmut.configuration import config

    options = ["-x", "-q", *config().pytest_add_cli_args]
    command = [sys.executable, "-m", "pytest", "--rootdir=.", *options, *entry.tests]
    trial = subprocess.Popen(
        command,
        cwd=MUTANTS,
        env={**os.environ, "MUTANT_UNDER_TEST": name},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that what the tests start ends with them
    )
    try:
        exit_code = trial.wait(time_limit_s)
    except subprocess.TimeoutExpired:
        return "timeout"
    finally:
        if trial.poll() is None:
            os.killpg(trial.pid, signal.SIGKILL)
            trial.wait()
    if exit_code == 0:
        return "survived"
    return "killed"


def describe(name: str, path: Path) -> Survivor:
    """Find the line of the package that a mutant changes."""
    import libcst as cst
    from mutmut.mutation.diff_apply import read_functions_from_index
    from mutmut.utils.format_utils import orig_function_and_class_names_from_key

    functions = read_functions_from_index(name, path)
    before, after = (cst.Module([function]).code.strip().splitlines() for function in functions)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    blocks = [block for block in matcher.get_opcodes() if block[0] != "equal"]
    change = []
    for _, start, end, new_start, new_end in blocks:
        change += [f"-{line.strip()}" for line in before[start:end]]
        change += [f"+{line.strip()}" for line in after[new_start:new_end]]

    function_name, class_name = orig_function_and_class_names_from_key(name)
    definition = find_definition(path, function_name, class_name)
    (first, *_) = [i for i, line in enumerate(before) if line.startswith("def ")]
    return Survivor(path, definition + blocks[0][1] - first, "\n".join(change))


def find_definition(path: Path, function_name: str, class_name: str | None) -> int:
    """Return the line of a function's `def`."""
    body = ast.parse((ROOT / path).read_text("utf-8")).body
    if class_name is not None:
        (body,) = [
            node.body for node in body if isinstance(node, ast.ClassDef) and node.name == class_name
        ]
    lines = [
        node.lineno
        for node in body
        if isinstance(node, ast.FunctionDef) and node.name == function_name
    ]
    return lines[-1]


def run_entry(name: str) -> bool:
    """Run an entry, print its counts and survivors; return whether all survivors are argued."""
    entry = ENTRIES[name]
    start = time.monotonic()
    shutil.rmtree(MUTANTS, ignore_errors=True)
    run_mutmut(entry)
    results = read_results(entry)
    time_limit_s = 60 + time.monotonic() - start  # much longer than the tests take once

    counts = Counter()
    survivors = []
    argued = ARGUED.read_text("utf-8")
    for mutant, (path, status) in results.items():
        if status in ("survived", "no tests"):
            survivor = describe(mutant, path)
            if f"\n{survivor.change}\n" in argued:
                status = "argued"
            else:
                status = judge_by_all_tests(mutant, entry, time_limit_s)
            if status == "survived":
                survivors.append(survivor)
        counts[status] += 1

    for survivor in survivors:
        print(f"\n{survivor.path}:{survivor.line}: survived\n{survivor.change}")
    figures = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    seconds = time.monotonic() - start
    print(f"\n{name}: {counts.total()} mutants: {figures}, {seconds:.0f} s")
    return not survivors


def main(*names: str) -> None:
    """Run entries, each in a process of its own, and exit with 1 when a survivor is not argued."""
    unknown = [name for name in names if name not in ENTRIES]
    if unknown:
        sys.exit(f"mutate.py: no entry {unknown[0]}: give one of {', '.join(ENTRIES)}")
    if not hasattr(os, "fork"):
        sys.exit("mutate.py: mutmut needs os.fork, which Windows does not have")
    os.environ["PYTHONPATH"] = str(MUTANTS / "src")  # for the processes that tests start
    os.environ["OMP_NUM_THREADS"] = "1"  # a fork does not copy the threads of torch
    if len(names) == 1:
        os.chdir(ROOT)
        sys.exit(0 if run_entry(names[0]) else 1)

    failed = []
    for name in names or ENTRIES:
        done = subprocess.run([sys.executable, __file__, name])
        if done.returncode:
            failed.append(name)
    if failed:
        sys.exit(f"failed, or with survivors that are not in mutants.md: {', '.join(failed)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
