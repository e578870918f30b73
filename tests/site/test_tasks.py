"""The set-up script: what it says when a machine is not ready, and that it does nothing twice."""

import importlib.util
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tasks(tmp_path, monkeypatch):
    """The script, moved to a folder of its own, with the programs it would start written down."""
    spec = importlib.util.spec_from_file_location("tasks", ROOT / "tasks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyproject.toml", "constraints.txt", "package.json", "package-lock.json"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    module.started = []

    def run(*command, stderr=None, **settings):
        module.started.append(" ".join(command))
        if command[0] == "npm":
            (tmp_path / "node_modules").mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, *module.outcome)

    module.outcome = (0, b"", b"")
    monkeypatch.setattr(module, "run", run)
    monkeypatch.setattr("venv.create", lambda path, **_: Path(path).mkdir(exist_ok=True))
    return module


def message(call, *arguments) -> str:
    with pytest.raises(SystemExit) as stopped:
        call(*arguments)
    return str(stopped.value.code)


def test_second_setup_starts_nothing(tasks):
    tasks.setup("site", "test")
    assert len(tasks.started) == 2  # pip and npm
    tasks.setup("site")
    tasks.setup("site", "test")
    assert len(tasks.started) == 2


def test_npm_installs_for_the_pages_alone_until_tests_run(tasks):
    for groups in (["site"], ["site"], ["site", "test"], ["site"], ["site", "test", "check"]):
        tasks.setup(*groups)
    with (tasks.ROOT / "package-lock.json").open("a") as lock:
        lock.write("\n")
    tasks.setup("site")
    npm = [line for line in tasks.started if line.startswith("npm ci")]
    assert [line.endswith("--omit=dev") for line in npm] == [True, False, True]


def test_changed_pins_are_installed_again(tasks):
    tasks.setup("site")
    with (tasks.ROOT / "constraints.txt").open("a") as pins:
        pins.write("colorama==0.4.6\n")
    tasks.setup("site")
    assert [line.split()[0] for line in tasks.started] == ["python", "npm", "python"]


def test_pip_gets_the_flags_and_the_pins(tasks, monkeypatch):
    monkeypatch.setattr(tasks, "PIP_FLAGS", "--no-cache-dir")
    tasks.setup("site")
    assert "--no-cache-dir -c constraints.txt -e . mkdocs" in tasks.started[0]


def test_old_python_is_one_line(tasks, monkeypatch):
    monkeypatch.setattr(tasks.sys, "version_info", (3, 10, 4))
    assert message(tasks.main, "test").startswith(
        "tasks.py: Python 3.11 or newer is needed, this is "
    )


def test_missing_venv_module_names_the_package(tasks, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert "apt install python3-venv" in message(tasks.setup, "site")


def test_full_disk_is_one_line(tasks, monkeypatch):
    usage = tasks.shutil.disk_usage
    monkeypatch.setattr(
        tasks.shutil, "disk_usage", lambda path: usage(path)._replace(free=200 << 20)
    )
    assert (
        message(tasks.setup, "site")
        == "tasks.py: the disk has 200 MiB left and the set-up needs 3000: free some space"
    )


def test_failed_npm_gives_its_reason(tasks):
    tasks.outcome = (0, b"", b"")
    tasks.setup("site")
    (tasks.ROOT / "node_modules" / "installed-site").unlink()
    reason = "npm error network request to the registry failed, reason: getaddrinfo ENOTFOUND"
    advice = (
        "npm error network settings.\nnpm error A complete log of this run can be found in: a.log"
    )
    tasks.outcome = (1, b"", f"npm error code ENOTFOUND\n{reason}\n{advice}\n".encode())
    assert (
        message(tasks.setup, "site") == f"tasks.py: npm packages could not be installed: {reason}"
    )


def test_without_npm_pages_are_shown_and_tests_stop(tasks, capsys):
    tasks.setup("site", "test")
    (tasks.ROOT / "node_modules" / "installed-test").unlink()
    tasks.outcome = (1, b"", b"npm error reason: no network\n")
    said = "tasks.py: npm packages could not be installed: npm error reason: no network"
    stopped = message(tasks.main, "test")
    assert stopped == said.replace("packages", "packages for pages and tests")
    tasks.started.clear()
    assert message(tasks.main, "serve").startswith("tasks.py: the course was not built")
    assert message(tasks.main, "edit") == "1"
    assert [line.split()[:3] for line in tasks.started if not line.startswith("npm")] == [
        ["python", "-m", "dlcourse_site.build"],
        ["python", "-m", "dlcourse_site.edit"],
    ]
    assert capsys.readouterr().out.count(said) == 2


def test_failed_installer_is_one_line_and_done_again_next_time(tasks):
    tasks.outcome = (
        1,
        b"",
        b"WARNING: x\nERROR: Could not find a version that satisfies numpy\nmore words",
    )
    said = message(tasks.setup, "site")
    assert (
        "Python packages for site could not be installed: ERROR: Could not find a version" in said
    )
    assert "\n" not in said
    tasks.outcome = (1, b"", b"OSError: [Errno 28] No space left on device")
    assert message(tasks.setup, "site").startswith("tasks.py: the disk is full: free 3000 MiB")
    tasks.outcome = (0, b"", b"")
    tasks.setup("site")
    assert len(tasks.started) == 4


def test_unknown_task_lists_the_tasks(tasks):
    assert "serve, edit, test, check, soak, bench, mutate, outputs" in message(tasks.main, "tset")


def test_every_command_runs_and_any_failure_counts(tasks):
    tasks.setup("site", "test")
    tasks.started.clear()
    tasks.outcome = (1, b"", b"")
    said = message(tasks.main, "test", "-k", "neuron")
    tests = f"{tasks.PYTEST} -k neuron"
    assert said == f"failed: ruff format --check --quiet, ruff check --quiet, mypy, {tests}"
    assert len(tasks.started) == 4


def test_files_that_begin_first_are_there():
    files = runpy.run_path(str(ROOT / "conftest.py"))["LONGEST"]
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_makefile_calls_the_script_for_each_task(tasks):
    words = (ROOT / "Makefile").read_text("utf-8").split(".PHONY:")[1].split("\n")[0].split()
    assert words == ["serve", "edit", *tasks.TASKS]


@pytest.fixture
def course(tasks, monkeypatch):
    """The script's folder with two chapters; it is the current folder, too."""
    for name in ("docs/index.md", "docs/neuron/index.md", "docs/loss/index.md"):
        page = tasks.ROOT / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("# A page\n", "utf-8")
    (tasks.ROOT / "docs" / "assets").mkdir()
    (tasks.ROOT / "snippets" / "neuron").mkdir(parents=True)
    monkeypatch.chdir(tasks.ROOT)
    return tasks


@pytest.mark.parametrize("folder", [".", "snippets", ".."])
@pytest.mark.parametrize("name", ["docs/neuron", "docs/neuron/", "docs/neuron/index.md"])
def test_page_is_named_from_any_folder(name, folder, course, monkeypatch):
    monkeypatch.chdir(folder)
    assert course.find_page(name) == Path(name)
    assert course.find_page(str(course.ROOT / name)) == Path(name)
    monkeypatch.chdir(course.ROOT / "docs")
    assert course.find_page(name.removeprefix("docs/")) == Path(name)


@pytest.mark.parametrize("name", ["-x", "docs", "neuron", "tests/site", "--docs/neuron"])
def test_other_options_are_left_to_pytest(name, course):
    assert course.find_page(name) is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("docs/nueron", "docs/neuron"),
        ("docs/neurons/", "docs/neuron"),
        ("docs/assets", "docs/loss, docs/neuron"),
        ("docs/xyz", "docs/loss, docs/neuron"),
        ("docs/neuron/lab.py", "docs/neuron"),
    ],
)
def test_unknown_chapter_is_one_line_with_near_names(name, near, course):
    said = message(course.main, "test", name)
    wanted = name.rstrip("/")
    assert said == f"tasks.py: there is no chapter or page {wanted}, but {near}"
    assert course.started == []


def test_chapter_is_checked_alone(course, capsys):
    (course.ROOT / "tests" / "site").mkdir(parents=True)
    (course.ROOT / "tests" / "site" / "test_claims_neuron.py").write_text("", "utf-8")
    course.setup("site", "test")
    course.started.clear()
    assert message(course.main, "test", "docs/neuron", "-x") == "0"
    texts = " ".join(course.TEXTS)
    assert sorted(course.started) == [
        f"pytest tests/site/test_claims_neuron.py docs/neuron {texts} -x",
        "python -m dlcourse_site.build --links",
        "ruff check --quiet docs/neuron snippets/neuron",
        "ruff format --check --quiet docs/neuron snippets/neuron",
    ]
    assert capsys.readouterr().out.splitlines()[-1].startswith("Not checked: ")


def test_broken_link_fails_the_check_of_a_chapter(course, capsys):
    course.setup("site", "test")
    warning = "WARNING -  Doc file 'loss/index.md' contains a link '#x'"
    course.outcome = (1, b"", f"Page 1 of 2: index.md\nINFO    -  x\n{warning}\n".encode())
    assert message(course.main, "test", "docs/index.md") == "failed: pytest, links"
    assert capsys.readouterr().out.splitlines()[-2] == warning


def test_checks_of_texts_exist(tasks):
    for name in tasks.TEXTS:
        file, test = name.split("::")
        assert f"\ndef {test}(" in (ROOT / file).read_text("utf-8")
