"""The site as readers get it, built once for all tests that look at it."""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from filelock import FileLock

from dlcourse_site.places import line_of

ROOT = Path(__file__).resolve().parents[1]

LINKS = re.compile(r"Doc file '(?P<page>[^']+)' contains (?P<what>[a-z ]+) '(?P<text>[^']+)'")
RAISED = re.compile(
    r"Error reading page '(?P<page>[^']+/lab\.py)': [^\n]*\n-+\n(?P<text>.*?)\n-{18}\n"
    r".*?Cell In\[\d+\], line (?P<line>\d+).*?\n(?P<what>\w+: [^\n]*)",
    re.DOTALL,
)
LOST = re.compile(r"^ +- (?P<page>\S+\.md)(?P<what>)(?P<text>)$", re.MULTILINE)


COMPLAINTS = {LINKS: "contains {what} '{text}'", RAISED: "{what}", LOST: "not in the nav"}
COLORS = re.compile(r"\x1b\[[\d;]*m")  # of a traceback


def placed(log: str) -> str:
    """Return mkdocs' log with `docs/<page>:<line>:` before each of its complaints."""
    log = COLORS.sub("", log)
    for pattern, what in COMPLAINTS.items():
        log = pattern.sub(lambda told, what=what: complaint(told, what), log)
    return log


def complaint(told: re.Match[str], what: str) -> str:
    """Return a complaint of mkdocs behind its place in the source of the page."""
    parts = told.groupdict()
    text = (ROOT / "docs" / parts["page"]).read_text("utf-8")
    line = line_of(text, text.find(parts["text"]))
    if "line" in parts:  # of a cell that begins at the text
        line += int(parts["line"]) - 1
    return f"docs/{parts['page']}:{line}: {what.format_map(parts)}"


@pytest.fixture(scope="session")
def built_site(request, tmp_path_factory) -> Path:
    """Return the folder of a strict build with all labs executed; its log lies beside it.

    Several workers of a run share one build: a build takes a minute.
    """
    shared = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        shared = shared.parent  # each worker's folder lies in that of the run
    log = shared / "built" / "log"
    with FileLock(shared / "built.lock"):
        if not log.exists():
            build_site(log)
    return log.with_name("site")


def build_site(log: Path) -> None:
    """Build the site beside the file of its log, which is written last."""
    folder = log.with_name("site")
    command = [sys.executable, "-m", "dlcourse_site.build", "--site-dir", str(folder)]
    environment = {**os.environ, "DLCOURSE_RUN_LABS": "true"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    said = done.stdout + done.stderr
    if done.returncode:
        pytest.fail(f"the site does not build:\n{placed(said)}", pytrace=False)
    log.write_text(said, "utf-8")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """Return the package as people get it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet"]
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([*pip, *options, str(ROOT)], check=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture
def hosted_python(wheel, tmp_path):
    """Return a function that runs code as a hosted notebook service would.

    The service has all libraries, but no dlcourse. Should the code call pip, it finds the wheel and
    no index. The current folder is empty.
    """
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for entry in Path(pytest.__file__).parent.parent.iterdir():
        is_dlcourse = entry.name.startswith("dlcourse") or entry.suffix == ".pth"  # or editable
        if not is_dlcourse:
            (libraries / entry.name).symlink_to(entry)
    venv.create(tmp_path / "service", symlinks=os.name != "nt")
    (site_packages,) = (tmp_path / "service").rglob("site-packages")
    (site_packages / "libraries.pth").write_text(str(libraries), "utf-8")
    program = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    python = tmp_path / "service" / program
    empty = tmp_path / "empty"
    empty.mkdir()
    dropped = ("PYTHONPATH", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL")
    settings = {key: value for key, value in os.environ.items() if key not in dropped}
    settings |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent), "MPLBACKEND": "agg"}

    def run(code: str) -> subprocess.CompletedProcess:
        program = tmp_path / "copied.py"  # a file, as the cell of a notebook has one
        program.write_text(code, "utf-8")
        command = [str(python), "-W", "ignore", str(program)]
        return subprocess.run(command, cwd=empty, env=settings, capture_output=True, text=True)

    return run
