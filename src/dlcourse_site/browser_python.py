"""Python for the reader's browser: Pyodide, and the part of dlcourse that needs nothing else."""

from pathlib import Path

from dlcourse.exercises.catalog import load_exercises
from dlcourse_site.archive import zip_files
from dlcourse_site.katex import ROOT

PYODIDE = ROOT / "node_modules" / "pyodide"
PYODIDE_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
PACKAGE_FILES = (
    "__init__.py",
    "scratch/*.py",
    "exercises/__init__.py",
    "exercises/checking.py",
    "exercises/grading.py",
)


def python_files(root: Path) -> dict[str, bytes]:
    """Return what the worker of the pages loads, by its path in the folder of derived files.

    Without Pyodide it is nothing.
    """
    if not PYODIDE.is_dir():
        return {}
    files = {f"pyodide/{name}": (PYODIDE / name).read_bytes() for name in PYODIDE_FILES}
    files["python/dlcourse.zip"] = zip_package(root / "src")
    return files


def zip_package(source: Path) -> bytes:
    """Return the part of dlcourse that needs only the standard library, as a zip file."""
    exercises = load_exercises(source / "dlcourse" / "exercises")
    paths = [one.folder / "check.py" for one in exercises if not one.needs_torch]
    for pattern in PACKAGE_FILES:
        paths += sorted((source / "dlcourse").glob(pattern))
    return zip_files({path.relative_to(source).as_posix(): path.read_bytes() for path in paths})
