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

# A new process that imports torch takes three seconds; one forked from a server that has, a few tenths
FORKED_PYTEST = Path(__file__).with_name("forked_pytest.py")
FORKED = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
IMPORTED = ["dlcourse_site.runner", "dlcourse.draw", "jupytext", "matplotlib.pyplot", "torch"]
FORKED.set_forkserver_preload(IMPORTED)
# The latter is imported at the end of each run, to say nothing: a second
WITHOUT = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest"]

SNIPPET = '''\
"""One neuron with one input."""

from dlcourse.scratch.value import Value

weight = 0.8
y = (Value(weight) * 0.75).sigmoid()  # 1 / (1 + exp(-0.6)) = 0.646

print(f"y = {y.data:.3f}")
'''

LAB = """\
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
        self.write(
            "mkdocs.yml", re.sub(r"(?ms)^nav:.*", "nav: [index.md, neuron/index.md]\n", settings)
        )
        package = [f"src/dlcourse/{name}" for name in ("__init__.py", "draw.py", "plot.mplstyle")]
        for name in ("conftest.py", "pyproject.toml", *package):
            self.write(name, (ROOT / name).read_text("utf-8"))
        shutil.copytree(ROOT / "src/dlcourse/scratch", root / "src/dlcourse/scratch")
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
        """Check the pages as `make test` does, with this folder's dlcourse, in a process of its own."""
        settings = (
            {k: v for k, v in os.environ.items() if k != "CI"} | {"PYTHONPATH": "src"} | environment
        )
        output = Path(tempfile.mkdtemp(dir=self.root.parent))
        command = [*self.targets, *WITHOUT, *arguments]
        request = {"folder": str(self.root), "output": str(output)}
        request |= {"arguments": command, "environment": settings}
        process = FORKED.Process(
            target=runpy.run_path, args=(str(FORKED_PYTEST), {"request": request})
        )
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
    return {
        path.relative_to(built_site).as_posix(): Page(path)
        for path in sorted(built_site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def here(built_site):
    """Return the address that the site was built for."""
    return min(
        re.findall("<loc>(.*?)</loc>", (built_site / "sitemap.xml").read_text("utf-8")), key=len
    )


@pytest.fixture(params=[0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 6))])
def seed(request) -> int:
    """A claim about random runs is tested with six seeds: the first each time, the others with --soak."""
    return request.param
