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
PYTHON = str(BIN / "python")
OLDEST_PYTHON = (3, 11)
NEEDED_MIB = 3000  # what the virtual environment takes with a CPU build of PyTorch, and some room


def stop(problem):
    """Say in one line what is wrong and how to mend it, and exit with 1."""
    sys.exit("tasks.py: " + problem)


def run(*command, check=True, **env):
    """Run a command of the virtual environment in the project's folder; return its exit code."""
    path = str(BIN) + os.pathsep + os.environ.get("PATH", "")
    settings = {"PATH": path, "VIRTUAL_ENV": str(VENV), "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **env}
    program = shutil.which(command[0], path=path) or command[0]  # Windows does not search the new PATH itself
    code = subprocess.run([program, *command[1:]], cwd=ROOT, env={**os.environ, **settings}).returncode
    if check and code:
        sys.exit(code)
    return code


def install(what, command):
    """Run an installer that says nothing but its errors; stop in one line when it fails."""
    path = str(BIN) + os.pathsep + os.environ.get("PATH", "")
    print("Installing " + what, flush=True)
    program = shutil.which(command[0], path=path) or command[0]
    done = subprocess.run([program, *command[1:]], cwd=ROOT, env={**os.environ, "PATH": path}, stderr=subprocess.PIPE)
    if done.returncode:
        errors = done.stderr.decode("utf-8", "replace").strip()
        if "No space left" in errors or "Errno 28" in errors or "ENOSPC" in errors:
            stop("the disk is full: free {} MiB and run the same command again".format(NEEDED_MIB))
        last = [line for line in errors.splitlines() if "error" in line.lower()] or errors.splitlines() or ["no message"]
        stop("{} could not be installed: {}".format(what.split(" (")[0], last[-1].strip()))


def fingerprint(*files):
    """Return a hash that changes when the set-up has to be done again."""
    text = b"".join((ROOT / name).read_bytes() for name in files)
    return hashlib.sha256(text + sys.version.encode() + os.environ.get("PIP_FLAGS", "").encode()).hexdigest()


def setup(*groups):
    """Create the virtual environment and install the package with these dependency groups, each once."""
    stamp = fingerprint("pyproject.toml", "constraints.txt")
    missing = [group for group in groups if read(VENV / ("installed-" + group)) != stamp]
    if missing:
        free_mib = shutil.disk_usage(ROOT).free >> 20
        if not VENV.exists() and free_mib < NEEDED_MIB:
            stop("the disk has {} MiB left and the set-up needs {}: free some space".format(free_mib, NEEDED_MIB))
        create_venv()
        import tomllib  # here, because an old Python has to get as far as its message

        table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
        packages = [requirement for group in missing for requirement in table[group]]
        flags = os.environ.get("PIP_FLAGS", "").split()
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", "constraints.txt"]
        install("Python packages (hundreds of megabytes, a few minutes)", [*pip, *flags, "-e", ".", *packages])
        for group in missing:
            (VENV / ("installed-" + group)).write_text(stamp, "utf-8")
    stamp = fingerprint("package.json", "package-lock.json")
    if "site" in groups and read(ROOT / "node_modules" / "installed") != stamp:
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
        install("npm packages (a few megabytes)", npm)
        (ROOT / "node_modules" / "installed").write_text(stamp, "utf-8")


def create_venv():
    """Create .venv unless a working one is there."""
    if Path(PYTHON + (".exe" if os.name == "nt" else "")).exists() and (VENV / "created").exists():
        return
    try:
        import ensurepip  # noqa: F401 (Debian and Ubuntu ship venv in pieces)
        import venv
    except ImportError:
        stop("this Python has no venv: on Debian or Ubuntu run `sudo apt install python3-venv`, then try again")
    try:
        venv.create(str(VENV), with_pip=True, clear=VENV.exists())
    except (OSError, subprocess.CalledProcessError) as error:
        stop(".venv could not be created: {}".format(error))
    (VENV / "created").write_text(sys.version, "utf-8")


def read(path):
    """Return a file's text, or nothing where there is no file."""
    return path.read_text("utf-8") if path.exists() else ""


def serve():
    """Build the course, labs executed, and serve it on 127.0.0.1."""
    setup("site")
    port = next((p for p in range(8000, 8100) if is_free(p)), None) or stop("no port free between 8000 and 8099")
    address = "http://127.0.0.1:{}/".format(port)
    run("python", "-m", "dlcourse_site.build", SITE_URL=os.environ.get("SITE_URL", address))
    print("The course is at " + address + " (Ctrl+C ends it)", flush=True)
    try:
        run("python", "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", "site", check=False)
    except KeyboardInterrupt:
        print()


def is_free(port):
    """Tell whether nothing listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def edit():
    """Serve the course with live reload; labs are not executed."""
    setup("site")
    run("python", "-m", "dlcourse_site.build", "--derive-only")
    run("mkdocs", "serve", "--livereload", "--watch", "snippets", check=False, DLCOURSE_RUN_LABS="false")


def test():
    """Check format, lint, types, the package, every block of every page, and the built site."""
    setup("site", "test")
    commands = [["ruff", "format", "--check", "--quiet"], ["ruff", "check", "--quiet"], ["mypy"], ["pytest", *sys.argv[2:]]]
    failed = [" ".join(command) for command in commands if run(*command, check=False)]
    sys.exit("failed: " + ", ".join(failed) if failed else 0)


def check():
    """Check in Chromium what a reader sees and does, and the size budgets."""
    setup("site", "test", "check")
    sys.exit(run("pytest", "tests/browser", "--browser", *sys.argv[2:], check=False))


def soak():
    """Run the long counts: every sabotage, kill and hostile file, and five seeds a claim."""
    setup("site", "test", "check")
    sys.exit(run("pytest", "--soak", *sys.argv[2:], check=False))


def outputs():
    """Run every snippet and rewrite what it printed and drew."""
    setup("site", "test")
    sys.exit(run("pytest", "docs", "--update-outputs", *sys.argv[2:], check=False))


TASKS = {task.__name__: task for task in (serve, edit, test, check, soak, outputs)}

if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        stop("Python {}.{} or newer is needed, this is {}".format(*OLDEST_PYTHON, sys.version.split()[0]))
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        stop("give one of " + ", ".join("{} ({})".format(n, t.__doc__.rstrip(".")) for n, t in TASKS.items()))
    TASKS[sys.argv[1]]()
