"""Set up and run everything with Python alone: `python tasks.py serve` is `make serve`."""

import difflib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple  # not dataclasses: Python 3.6 has to get as far as its message

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
OLDEST_PYTHON = (3, 11)
NEEDED_MIB = 3000  # what the virtual environment takes with a CPU build of PyTorch, and some room
PORTS = range(8000, 8100)
PIP_FLAGS = os.environ.get("PIP_FLAGS", "")
PIP = ["python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
NPM = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


class Task(NamedTuple):
    """What a task needs and does.

    All of its commands run, side by side, and any failure counts. Options from the command line go
    to the last.
    `environment` holds the variables that it sets.
    """

    groups: list  # of dependencies, in pyproject.toml
    commands: list
    environment: dict = {}  # noqa: RUF012 (nothing changes it)


# Files in the order of conftest.py, a file on one worker
PYTEST = "pytest -n 2 --dist loadfile --no-loadscope-reorder"
LINT = ["ruff format --check --quiet", "ruff check --quiet", "mypy"]
# What `test` checks of the texts of all pages when it is given a chapter
TEXTS = [
    "tests/site/test_spelling.py::test_nothing_is_misspelled",
    "tests/site/test_spelling.py::test_every_word_is_known",
    "tests/site/test_numbers.py::test_number_in_prose_is_held",
    "tests/site/test_page_form.py::test_page_keeps_the_form",
    "tests/site/test_page_form.py::test_snippet_fits_the_width_of_a_page",
]
UNCHECKED = (
    "Not checked: what other chapters run, the package and the built pages."
    " `python tasks.py test` checks everything."
)
TASKS = {
    # Everything that needs no browser
    "test": Task(
        groups=["site", "test"],
        commands=[*LINT, PYTEST],
    ),
    # What needs Chromium
    "check": Task(
        groups=["site", "test", "check"],
        commands=["pytest -n 2 --dist worksteal --browser tests/browser"],
    ),
    # The long counts alone
    "soak": Task(
        groups=["site", "test", "check"],
        commands=[
            "pytest --browser --soak -m soak tests/browser",
            "pytest -n 2 --dist loadfile --soak -m soak",
        ],
    ),
    # The Trainer beside other training loops; writes results.md
    "bench": Task(
        groups=["site"],
        commands=["python benchmarks/trainers.py"],
    ),
    # Change the package place by place, and list the changes that no test notices
    "mutate": Task(
        groups=["site", "test", "mutate"],
        commands=["python tests/mutate.py"],
    ),
    # Rewrite what snippets print and draw
    "outputs": Task(
        groups=["site", "test"],
        commands=["pytest --update-outputs docs"],
    ),
}


def stop(problem):
    """Say in one line what is wrong and how to fix it, and exit with 1."""
    sys.exit(f"tasks.py: {problem}")


def run(*command, stderr=None, **settings):
    """Run a program of the virtual environment in the project's folder."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    environment["PYTHONDONTWRITEBYTECODE"] = ""  # hundreds of processes would compile everything
    environment.update(settings)
    name, *options = command
    program = shutil.which(name, path=path) or name  # Windows looks in the old PATH only
    return subprocess.run([program, *options], cwd=ROOT, env=environment, stderr=stderr)


def install(what, *command):
    """Run an installer that prints nothing but its errors; stop with one line when it fails."""
    print(f"Installing {what}", flush=True)
    done = run(*command, stderr=subprocess.PIPE)
    if done.returncode == 0:
        return
    errors = done.stderr.decode("utf-8", "replace").strip()
    if any(sign in errors for sign in ("No space left", "Errno 28", "ENOSPC")):
        stop(f"the disk is full: free {NEEDED_MIB} MiB and run the same command again")
    lines = [line.strip() for line in errors.splitlines() if "error" in line.lower()]
    reasons = [line for line in lines if "reason:" in line]  # npm's last lines are advice
    said = reasons or lines or [errors or "no message"]
    name = what.split(" (")[0]
    stop(f"{name} could not be installed: {said[-1]}")


def fingerprint(*files):
    """Return a hash that changes when the set-up has to be done again."""
    text = "".join((ROOT / name).read_text("utf-8") for name in files)
    return hashlib.sha256(f"{text}{sys.version}{PIP_FLAGS}".encode()).hexdigest()


def is_done(stamp_file, stamp):
    """Tell whether a step of the set-up has left this stamp."""
    return stamp_file.exists() and stamp_file.read_text("utf-8") == stamp


def create_venv():
    """Create .venv unless a complete one of this Python is there."""
    if is_done(VENV / "created", sys.version):
        return
    free_mib = shutil.disk_usage(ROOT).free >> 20
    if free_mib < NEEDED_MIB:
        stop(f"the disk has {free_mib} MiB left and the set-up needs {NEEDED_MIB}: free some space")
    try:
        import ensurepip  # noqa: F401 (Debian and Ubuntu ship venv in two pieces)
        import venv

        venv.create(str(VENV), with_pip=True, clear=VENV.exists())
    except ImportError:
        stop("this Python has no venv module: on Debian or Ubuntu, sudo apt install python3-venv")
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f".venv could not be created: {error}")
    (VENV / "created").write_text(sys.version, "utf-8")


def install_python_packages(groups):
    """Install the package itself and those of some dependency groups, each group once."""
    import tomllib  # here, because an old Python has to get as far as its message

    stamp = fingerprint("pyproject.toml", "constraints.txt")
    missing = [group for group in groups if not is_done(VENV / f"installed-{group}", stamp)]
    if not missing:
        return
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = []
    for group in missing:
        packages += project["dependency-groups"][group]
    what = f"Python packages for {', '.join(missing)} (minutes, the first time)"
    flags = PIP_FLAGS.split()
    install(what, *PIP, *flags, "-c", "constraints.txt", "-e", ".", *packages)
    for group in missing:
        (VENV / f"installed-{group}").write_text(stamp, "utf-8")


def install_npm_packages(groups):
    """Install what the pages need from npm, and what the tests need where they run, each once.

    The packages of the tests are 200 MB. They hold those of the pages, too.
    """
    stamp = fingerprint("package.json", "package-lock.json")
    node_modules = ROOT / "node_modules"
    for_tests = node_modules / "installed-test"
    for_pages = node_modules / "installed-site"
    if is_done(for_tests, stamp):
        return
    if "test" in groups:
        install("npm packages for pages and tests", *NPM)
        for_tests.write_text(stamp, "utf-8")
    elif not is_done(for_pages, stamp):
        install("npm packages", *NPM, "--omit=dev")
        for_pages.write_text(stamp, "utf-8")


def setup(*groups, needs_npm=True):
    """Create .venv, and install what these dependency groups and the pages need."""
    create_venv()
    install_python_packages(groups)
    try:
        install_npm_packages(groups)
    except SystemExit as stopped:
        if needs_npm:
            raise
        print(stopped, flush=True)


def serve():
    """Build the course, labs executed, and serve it on 127.0.0.1."""
    setup("site", needs_npm=False)
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    site_url = os.environ.get("SITE_URL", address)
    built = run("python", "-m", "dlcourse_site.build", SITE_URL=site_url)
    if built.returncode:
        stop("the course was not built: the lines above say why")
    print(f"The course is at {address} (Ctrl+C ends it)", flush=True)
    server = ["python", "-m", "http.server", str(port)]
    run(*server, "--bind", "127.0.0.1", "--directory", "site")


def edit():
    """Serve the course and show each page that is saved; labs, search and reference rest."""
    setup("site", needs_npm=False)
    edited = run("python", "-m", "dlcourse_site.edit", "--port", str(free_port()))
    sys.exit(edited.returncode)


def free_port():
    """Return the first port on which nothing listens; stop where there is none."""
    ports = [port for port in PORTS if is_free(port)]
    if not ports:
        stop("no port is free from 8000 to 8099")
    return ports[0]


def find_page(option):
    """Return the chapter or page that an option names, as seen from ROOT; None if it names none.

    Its path may begin at the current folder or at the project's. Stop where there is no such page.
    """
    docs = ROOT / "docs"
    paths = [Path(os.path.abspath(folder / option)) for folder in (Path.cwd(), ROOT)]
    pages = [path for path in paths if docs in path.parents]
    if option.startswith("-") or not pages:
        return None
    for page in pages:
        is_chapter = page.is_dir() and any(page.glob("*.md"))
        is_page = page.is_file() and (page.suffix == ".md" or page.name == "lab.py")
        if is_chapter or is_page:
            return page.relative_to(ROOT)
    wanted = pages[-1].relative_to(ROOT)
    chapters = sorted({page.parent.name for page in docs.glob("*/*.md")})
    near = difflib.get_close_matches(wanted.parts[1], chapters) or chapters
    names = ", ".join(f"docs/{name}" for name in near)
    return stop(f"there is no chapter or page {wanted.as_posix()}, but {names}")


def check_pages(pages, options):
    """Check what chapters or pages run and show, and the texts and links of all pages."""
    setup("site", "test")
    code = []
    claims = []
    for page in pages:
        chapter = page.parts[1]
        if chapter == "index.md":
            chapter = "home"
        code += [f"docs/{chapter}", f"snippets/{chapter}"]
        claims.append(f"tests/site/test_claims_{chapter}.py")
    code = [name for name in code if (ROOT / name).exists()]
    tests = [name for name in claims if (ROOT / name).exists()]
    tests += [page.as_posix() for page in pages]
    commands = [["pytest", *tests, *TEXTS, *options]]
    if code:
        commands.insert(0, ["ruff", "check", "--quiet", *code])
        commands.insert(0, ["ruff", "format", "--check", "--quiet", *code])
    links = ["python", "-m", "dlcourse_site.build", "--links"]
    with ThreadPoolExecutor() as pool:
        built = pool.submit(run, *links, stderr=subprocess.PIPE)
        failed = [command[0] for command in commands if run(*command).returncode]
    if built.result().returncode:
        lines = built.result().stderr.decode("utf-8", "replace").splitlines()
        print("\n".join(line for line in lines if not line.startswith(("Page ", "INFO"))))
        failed.append("links")
    print(UNCHECKED, flush=True)
    finish(failed)


def finish(failed):
    """Exit, and name what has failed."""
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")
    sys.exit(0)


def is_free(port):
    """Tell whether nothing listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def main(name="help", *options):
    """Run a task; options go on to its last command."""
    if sys.version_info < OLDEST_PYTHON:
        stop(f"Python 3.{OLDEST_PYTHON[1]} or newer is needed, this is {sys.version.split()[0]}")
    if name == "serve":
        return serve()
    if name == "edit":
        return edit()
    if name not in TASKS:
        names = ", ".join(TASKS)
        stop(f"give one of these tasks: serve, edit, {names} (the Makefile says what each does)")
    task = TASKS[name]
    if name == "test":
        found = [find_page(option) for option in options]
        pages = [page for page in found if page]
        others = [option for option, page in zip(options, found) if not page]  # noqa: B905
        if pages:
            return check_pages(pages, others)
    setup(*task.groups)
    commands = [command.split() for command in task.commands]
    commands[-1] += options
    with ThreadPoolExecutor() as pool:
        begun = [pool.submit(run, *command, **task.environment) for command in commands]
        done = [running.result() for running in begun]
    failed = []
    for command, ended in zip(commands, done):  # noqa: B905
        if ended.returncode:
            failed.append(" ".join(command))
    return finish(failed)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
