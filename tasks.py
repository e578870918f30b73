"""Set up and run everything with Python alone: `python tasks.py serve` is `make serve`."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
OLDEST_PYTHON = (3, 11)
NEEDED_MIB = 3000  # what the virtual environment takes with a CPU build of PyTorch, and some room
PIP_FLAGS = os.environ.get("PIP_FLAGS", "")


def stop(problem):
    """Say in one line what is wrong and how to mend it, and exit with 1."""
    sys.exit(f"tasks.py: {problem}")


def run(*command, stderr=None, **settings):
    """Run a program of the virtual environment in the project's folder."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    env = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **settings}
    program = (
        shutil.which(command[0], path=path) or command[0]
    )  # Windows looks in the old PATH only
    return subprocess.run([program, *command[1:]], cwd=ROOT, env=env, stderr=stderr)


def install(what, *command):
    """Run an installer that says nothing but its errors; stop with one line when it fails."""
    print(f"Installing {what}", flush=True)
    done = run(*command, stderr=subprocess.PIPE)
    if done.returncode:
        errors = done.stderr.decode("utf-8", "replace").strip()
        if any(sign in errors for sign in ("No space left", "Errno 28", "ENOSPC")):
            stop(f"the disk is full: free {NEEDED_MIB} MiB and run the same command again")
        named = [line.strip() for line in errors.splitlines() if "error" in line.lower()]
        telling = [line for line in named if "reason:" in line]  # npm's last lines are advice
        said = (telling or named or [errors or "no message"])[-1]
        stop(f"{what.split(' (')[0]} could not be installed: {said}")


def fingerprint(*files):
    """Return a hash that changes when the set-up has to be done again."""
    text = "".join((ROOT / name).read_text("utf-8") for name in files)
    return hashlib.sha256(f"{text}{sys.version}{PIP_FLAGS}".encode()).hexdigest()


def is_done(stamp_file, stamp):
    """Tell whether a step of the set-up has left this stamp."""
    return stamp_file.exists() and stamp_file.read_text("utf-8") == stamp


def create_venv():
    """Create .venv unless a whole one of this Python is there."""
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


def setup(*groups):
    """Install the package with these dependency groups, and what the pages need from npm; each once."""
    import tomllib  # here, because an old Python has to get as far as its message

    create_venv()
    stamp = fingerprint("pyproject.toml", "constraints.txt")
    missing = [group for group in groups if not is_done(VENV / f"installed-{group}", stamp)]
    if missing:
        table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
        packages = [requirement for group in missing for requirement in table[group]]
        pip = [
            "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            *PIP_FLAGS.split(),
        ]
        what = f"Python packages for {', '.join(missing)} (minutes, the first time)"
        install(what, *pip, "-c", "constraints.txt", "-e", ".", *packages)
        for group in missing:
            (VENV / f"installed-{group}").write_text(stamp, "utf-8")
    stamp = fingerprint("package.json", "package-lock.json")
    if not is_done(ROOT / "node_modules" / "installed", stamp):
        install(
            "npm packages",
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        )
        (ROOT / "node_modules" / "installed").write_text(stamp, "utf-8")


def serve():
    """Build the course, labs executed, and serve it on 127.0.0.1."""
    setup("site")
    ports = [port for port in range(8000, 8100) if is_free(port)] or stop(
        "no port is free from 8000 to 8099"
    )
    address = f"http://127.0.0.1:{ports[0]}/"
    if run(
        "python", "-m", "dlcourse_site.build", SITE_URL=os.environ.get("SITE_URL", address)
    ).returncode:
        stop("the course was not built: the lines above say why")
    print(f"The course is at {address} (Ctrl+C ends it)", flush=True)
    run("python", "-m", "http.server", str(ports[0]), "--bind", "127.0.0.1", "--directory", "site")


def is_free(port):
    """Tell whether nothing listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


# task: the dependency groups it needs, and the commands it runs; all of them run, and any failure counts
LINT = ["ruff format --check --quiet", "ruff check --quiet", "mypy"]
DERIVE = "python -m dlcourse_site.build --derive-only"
TASKS = {
    "edit": (
        ["site"],
        [DERIVE, "mkdocs serve --livereload --watch snippets"],
    ),  # live reload; labs rest
    "test": (
        ["site", "test"],
        [*LINT, "pytest -n 2 --dist loadfile"],
    ),  # everything that needs no browser
    "check": (["site", "test", "check"], ["pytest --browser tests/browser"]),  # what needs Chromium
    "soak": (
        ["site", "test"],
        ["pytest -n 2 --dist loadfile --soak -m soak"],
    ),  # the long counts alone
    "bench": (
        ["site"],
        ["python benchmarks/trainers.py"],
    ),  # the Trainer beside other loops; results.md
    "outputs": (
        ["site", "test"],
        ["pytest --update-outputs docs"],
    ),  # rewrite what snippets print and draw
}


def main(task="help", *options):
    """Run a task; options go on to its last command."""
    if sys.version_info < OLDEST_PYTHON:
        stop(f"Python 3.{OLDEST_PYTHON[1]} or newer is needed, this is {sys.version.split()[0]}")
    if task == "serve":
        return serve()
    if task not in TASKS:
        stop(
            f"give one of these tasks: serve, {', '.join(TASKS)} (the Makefile says what each does)"
        )
    groups, lines = TASKS[task]
    setup(*groups)
    commands = [line.split() for line in lines]
    commands[-1] += options
    labs = {"DLCOURSE_RUN_LABS": "false"} if task == "edit" else {}
    failed = [" ".join(command) for command in commands if run(*command, **labs).returncode]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
