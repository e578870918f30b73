"""A course of one chapter, small enough to break it again and again."""

import multiprocessing
import os
import re
import runpy
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from built_pages import Page
from sabotages import TEXT

ROOT = Path(__file__).resolve().parents[2]

# A new process that imports torch takes three seconds; one that is forked from a server which has
# imported it takes a few tenths of a second
FORKED_PYTEST = Path(__file__).with_name("forked_pytest.py")
FORKED = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
IMPORTED = ["dlcourse_site.runner", "dlcourse.draw", "jupytext", "matplotlib.pyplot", "torch"]
FORKED.set_forkserver_preload(IMPORTED)
# hypothesis would be imported at the end of each run to print nothing, which takes a second
WITHOUT = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest"]

SNIPPET = '''\
"""One neuron with one input."""

from dlcourse.scratch.value import Value

weight = 0.8
y = (Value(weight) * 0.75).sigmoid()  # 1 / (1 + exp(-0.6)) = 0.646

print(f"y = {y.data:.3f}")
'''

LAB = """\
# ---
# jupyter:
#   chapter: neuron
# ---

# %% [markdown]
# # A lab

# %%
numbers = [1, 2, 3]
print(sum(numbers))
"""


class TinyCourse:
    """A project folder with the real settings, one page, one snippet and one lab."""

    def __init__(self, root: Path):
        self.root = root
        self.targets = ["docs"]
        self.seconds = 120.0  # a run that takes longer is ended
        settings = (ROOT / "mkdocs.yml").read_text("utf-8")
        settings = re.sub(r"(?ms)^nav:.*", "nav: [index.md, neuron/index.md]\n", settings)
        self.write("mkdocs.yml", settings)
        names = ["__init__.py", "atomic_files.py", "draw.py", "errors.py", "plot.mplstyle"]
        engine = sorted((ROOT / "src" / "dlcourse" / "exercises").glob("*.py"))
        names += [f"exercises/{path.name}" for path in engine]
        package = [f"src/dlcourse/{name}" for name in names]
        suite = ["conftest.py", "pyproject.toml", "tests/site/course_summary.py"]
        for name in [*suite, *package]:
            self.write(name, (ROOT / name).read_text("utf-8"))
        for folder in ("scratch", "layouts"):
            shutil.copytree(ROOT / "src/dlcourse" / folder, root / "src/dlcourse" / folder)
        self.write("src/dlcourse/exercises/index.toml", "exercise = []\n")
        self.write("docs/index.md", "# Home\n")
        self.write("docs/neuron/index.md", TEXT)
        self.write("docs/neuron/lab.py", LAB)
        self.write("snippets/neuron/forward.py", SNIPPET)
        self.write("snippets/neuron/forward.out", "y = 0.646\n")

    def read(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        assert self.read(name).count(old) >= 1
        self.write(name, self.read(name).replace(old, new))

    def pytest(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """Check the pages as `make test` does, in a process of its own, with this dlcourse."""
        settings = {**os.environ, "PYTHONPATH": "src"}
        settings.pop("CI", None)
        settings |= environment
        output = Path(tempfile.mkdtemp(dir=self.root.parent))
        command = [*self.targets, *WITHOUT, *arguments]
        request = {
            "folder": str(self.root),
            "output": str(output),
            "arguments": command,
            "environment": settings,
        }
        names = {"request": request}
        process = FORKED.Process(target=runpy.run_path, args=(str(FORKED_PYTEST), names))
        process.start()
        process.join(self.seconds)
        process.kill()
        process.join()
        texts = [(output / name).read_text("utf-8") for name in ("stdout", "stderr")]
        return subprocess.CompletedProcess(command, process.exitcode or 0, *texts)


@pytest.fixture(scope="session")
def tiny_course_in():
    """Return what writes a tiny course below a folder."""
    return lambda folder: TinyCourse(folder / "course")


@pytest.fixture
def tiny_course(tmp_path) -> TinyCourse:
    return TinyCourse(tmp_path / "course")


@pytest.fixture(scope="session")
def pages(built_site):
    """Return the pages of the built site by their address below the site's."""
    pages = {}
    for path in sorted(built_site.rglob("*.html")):
        pages[path.relative_to(built_site).as_posix()] = Page(path)
    return pages


@pytest.fixture(scope="session")
def here(built_site):
    """Return the address that the site was built for."""
    sitemap = (built_site / "sitemap.xml").read_text("utf-8")
    return min(re.findall("<loc>(.*?)</loc>", sitemap), key=len)


SOAK_SEEDS = [pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 6)]


@pytest.fixture(params=[0, *SOAK_SEEDS])
def seed(request) -> int:
    """Return one of six seeds to test a claim about random runs; all but 0 need --soak."""
    return request.param
