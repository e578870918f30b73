"""What a reader's browser says of snippets and solutions: Pyodide, run in Node."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from node import ask_node

from dlcourse.exercises.catalog import load_exercises
from dlcourse_site.browser_python import zip_package
from dlcourse_site.outputs import same_text
from dlcourse_site.runnable import is_runnable

ROOT = Path(__file__).resolve().parents[2]
PYODIDE = ROOT / "node_modules" / "pyodide"
PURE = [exercise for exercise in load_exercises() if not exercise.needs_torch]
SNIPPETS = [
    path for path in sorted(ROOT.glob("snippets/*/*.py")) if is_runnable(path.read_text("utf-8"))
]


def run_in_pyodide(jobs, tmp_path):
    """Return what Pyodide answers to jobs (file, exercise or None): an output, or a verdict."""
    package = tmp_path / "dlcourse.zip"
    package.write_bytes(zip_package(ROOT / "src"))
    question = [(str(path), exercise) for path, exercise in jobs]
    return ask_node("run_in_pyodide.mjs", question, str(PYODIDE), str(package), seconds=500)


WRONG = """def f(x):
    return 1 / x


print('before')
f(0)
"""
OTHERS = {"left.py": "left = 1\n", "asks.py": "print('left' in globals())\ninput()\n"}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """Return what Pyodide says of all snippets with buttons, three other programs and exercises.

    Of snippets and other programs it is the output, by their path or name. Of the solutions and
    wrong solutions of exercises it is the verdict, by their path.
    """
    if not PYODIDE.is_dir():
        pytest.skip("needs the packages of npm")
    folder = tmp_path_factory.mktemp("programs")
    jobs = {path: (path, None) for path in SNIPPETS}
    for name, code in {"wrong.py": WRONG, **OTHERS}.items():
        (folder / name).write_text(code, "utf-8")
        jobs[name] = (folder / name, None)
    for exercise in PURE:
        for path in [exercise.folder / "solution.py", *exercise.wrong_files]:
            jobs[path] = (path, exercise.id)
    return dict(zip(jobs, run_in_pyodide(jobs.values(), folder), strict=True))


def test_every_snippet_with_buttons_prints_what_the_page_shows(answers):
    assert len(SNIPPETS) > 50
    different = {}
    for path in SNIPPETS:
        recorded = path.with_suffix(".out")
        expected = recorded.read_text("utf-8") if recorded.is_file() else ""
        output = answers[path]
        if not same_text(expected.rstrip(), output.rstrip()):
            different[path.name] = output
    assert different == {}


def test_an_error_is_told_with_the_readers_own_line(answers):
    told = answers["wrong.py"]
    assert told.startswith('before\nTraceback (most recent call last):\n  File "snippet.py"')
    assert "line 2, in f" in told
    assert told.rstrip().endswith("ZeroDivisionError: division by zero")
    assert "/lib/python" not in told


def test_names_do_not_outlive_a_run_and_input_is_refused(answers):
    assert answers["asks.py"].startswith("False\n")
    refusal = "RuntimeError: input() has no keyboard here: put the text into the code"
    assert refusal in answers["asks.py"]


@pytest.mark.parametrize("exercise", PURE, ids=lambda exercise: exercise.id)
def test_the_check_in_the_page_says_what_the_command_line_says(exercise, answers):
    assert answers[exercise.folder / "solution.py"]["passed"] is True
    for path in exercise.wrong_files:
        verdict = answers[path]
        key = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
        assert (verdict["passed"], verdict["key"]) == (False, key)
        assert verdict["bug"] == ""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("print(1)", True),
        ("import math\nfrom collections import Counter", True),
        ("from dlcourse.scratch.value import Value", True),
        ("from dlcourse.scratch import value", True),
        ("import dlcourse", True),
        ("import torch", False),
        ("def f():\n    import numpy", False),
        ("from dlcourse.data.digits import load_digits", False),
        ("import subprocess", False),
        ("import concurrent.futures", False),
    ],
)
def test_code_is_runnable_if_the_browser_has_what_it_imports(source, expected):
    assert is_runnable(source) is expected


def test_the_package_in_the_page_is_the_tested_one():
    packed = zip_package(ROOT / "src")
    assert packed == zip_package(ROOT / "src")
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert "dlcourse/scratch/value.py" in archive.namelist()
        for name in archive.namelist():
            assert archive.read(name) == (ROOT / "src" / name).read_bytes()
