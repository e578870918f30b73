"""Who may import whom, and that every room of the tree is complete."""

import ast
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml
from explained import nav_names

from dlcourse_site.settings import read_front_matter

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "dlcourse"

# part of the package: what it may import beside the standard library and itself
MAY_IMPORT = {
    "__init__": set(),
    "scratch": set(),
    "errors": set(),
    "atomic_files": {"dlcourse.errors"},
    "exercises": {"dlcourse.errors", "dlcourse.atomic_files", "dlcourse.scratch"},
    # the folders of the exercises; those of them that need PyTorch are checked more slowly
    "exercises/": {"torch", "dlcourse.scratch", "dlcourse.exercises", "dlcourse.data"}
    | {"dlcourse.models", "dlcourse.training"},
    "paths": {"dlcourse.errors"},
    "models": {
        "torch",
        "dlcourse.errors",
        "dlcourse.data",
    },  # resnet18 imports torchvision as data does
    "data": {"torch", "numpy", "PIL", "torchvision", "dlcourse.errors", "dlcourse.paths"},
    "training": {"torch", "numpy", "safetensors", "filelock", "dlcourse.errors", "dlcourse.paths"}
    | {"dlcourse.atomic_files"},
    "layouts": {"dlcourse.scratch"},
    "draw": {"matplotlib", "dlcourse.layouts", "dlcourse.scratch"},
    # where models, data and training meet
    "tasks": {"torch", "matplotlib", "PIL", "dlcourse.errors", "dlcourse.atomic_files"}
    | {"dlcourse.models", "dlcourse.data", "dlcourse.training"},
    "commands": {
        "typer",
        "rich",
        "torch",
        "matplotlib",
        "dlcourse",
        "dlcourse.errors",
        "dlcourse.paths",
    }
    | {"dlcourse.data", "dlcourse.training", "dlcourse.tasks", "dlcourse.exercises"},
    "__main__": {"dlcourse.commands", "dlcourse.training", "dlcourse.errors"},
}
TOP_LEVEL = {
    "__init__",
    "__main__",
    "atomic_files",
    "draw",
    "errors",
    "paths",
}  # everything else has a folder


def imported_modules(path: Path) -> set[str]:
    """Return the names of all modules that a file imports, wherever in the file it does so."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or ""))
    return names


def part_of(path: Path) -> str:
    """Return the part of the package of a file: its folder or, at the top, its own name."""
    inside = path.relative_to(PACKAGE)
    if inside.parts[0] == "exercises" and len(inside.parts) > 2:
        return "exercises/"
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def counted(name: str) -> str:
    """Shorten a module's name to the length that the table speaks in."""
    return ".".join(name.split(".")[: 2 if name.startswith("dlcourse") else 1])


def forbidden_imports(path: Path, part: str) -> set[str]:
    """Return what a file imports against the table."""
    allowed = MAY_IMPORT[part] | sys.stdlib_module_names | {f"dlcourse.{part}"}
    return {name for name in imported_modules(path) if counted(name) not in allowed}


PYTHON_FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_what_its_part_may(path):
    assert forbidden_imports(path, part_of(path)) == set()


def test_table_catches_a_forbidden_import(tmp_path):
    bad = tmp_path / "value.py"
    bad.write_text(
        "def f():\n    import torch.nn\n    import math\n"
        "    from dlcourse.data.digits import load_digits\n"
    )
    assert forbidden_imports(bad, "scratch") == {"torch.nn", "dlcourse.data.digits"}


def test_every_part_is_in_the_table():
    assert {part_of(path) for path in PYTHON_FILES} == set(MAY_IMPORT)


def test_nothing_lies_loose_at_the_top():
    assert {path.stem for path in PACKAGE.glob("*.py")} == TOP_LEVEL


def test_torchvision_is_imported_in_one_module():
    files = [
        path.name
        for path in PYTHON_FILES
        if any(n.startswith("torchvision") for n in imported_modules(path))
    ]
    assert files == ["torchvision_ops.py"]


def test_package_never_imports_the_site_tooling():
    assert not [path for path in PYTHON_FILES if "dlcourse_site" in path.read_text("utf-8")]


def test_init_files_are_empty():
    """But that of the exercises: in a notebook it is `from dlcourse.exercises import check`."""
    files = [path for path in PACKAGE.rglob("*/__init__.py") if path.stat().st_size > 0]
    assert files == [PACKAGE / "exercises" / "__init__.py"]


HEAVY = {"torch", "torchvision", "numpy", "PIL", "rich", "typer", "matplotlib", "safetensors"}


@pytest.mark.parametrize(
    ("module", "stays_out"),
    [
        ("dlcourse", HEAVY),
        ("dlcourse.scratch.value, dlcourse.scratch.neuron, dlcourse.scratch.optimizer", HEAVY),
        (
            "dlcourse.models.mlp, dlcourse.models.cnn, dlcourse.models.lenet",
            HEAVY - {"torch", "numpy"},
        ),
        ("dlcourse.data.digits, dlcourse.data.mnist", HEAVY - {"torch", "numpy"}),
        ("dlcourse.training.trainer", HEAVY - {"torch", "numpy", "safetensors"}),
        ("dlcourse.commands.app", HEAVY - {"typer", "rich"}),
    ],
)
def test_import_brings_only_what_it_needs(module, stays_out):
    code = f"import {module}, sys; print(*sorted({stays_out!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


CHAPTERS = {path.name for path in (ROOT / "docs").iterdir() if (path / "index.md").exists()}
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def test_every_page_is_in_the_nav():
    on_disk = {
        str(path.relative_to(ROOT / "docs").as_posix())
        for path in [*PAGES, *(ROOT / "docs").glob("*/lab.py")]
    }
    assert on_disk == set(nav_names(ROOT))


def test_front_matter_is_yaml():
    """MkDocs passes over what is not YAML, and other generators stop at it."""
    broken = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        try:
            matter = read_front_matter(page)
        except yaml.YAMLError as error:
            broken.append(f"{page.relative_to(ROOT)}: {error}")
            continue
        if page.read_text("utf-8").startswith("---\n") and not matter:
            broken.append(f"{page.relative_to(ROOT)}: no front matter is found")
    assert broken == []


def test_snippet_folders_are_chapters():
    folders = {
        path.name for path in (ROOT / "snippets").iterdir() if path.is_dir() and any(path.iterdir())
    }
    assert folders - CHAPTERS <= {"home"}


def test_tests_mirror_the_package():
    for folder in ("scratch", "models", "data", "training", "tasks", "commands"):
        modules = {path.stem for path in (PACKAGE / folder).glob("*.py")} - {"__init__"}
        tested = {
            path.stem.removeprefix("test_") for path in (ROOT / "tests" / folder).glob("test_*.py")
        }
        assert modules <= tested, f"no test file for {sorted(modules - tested)} of {folder}"


def test_constraints_pin_every_requirement_without_local_versions():
    pins = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    )
    assert not [version for version in pins.values() if "+" in version]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    specs = chain(project["project"]["dependencies"], *project["dependency-groups"].values())
    needed = [re.split(r"[<>=\[]", spec)[0] for spec in specs]
    normal = {name.lower().replace("_", "-") for name in pins}
    assert [name for name in needed if name.lower().replace("_", "-") not in normal] == []


def test_requirements_are_ranges():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert not [
        spec for spec in project["project"]["dependencies"] if "==" in spec or ">=" not in spec
    ]


def test_lock_file_names_no_registry():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text("utf-8")


def test_setup_script_needs_the_standard_library_alone():
    script = ROOT / "tasks.py"
    imported = {name.split(".")[0] for name in imported_modules(script)}
    assert imported <= sys.stdlib_module_names


def test_the_settings_of_the_site_need_no_tag_that_only_mkdocs_reads():
    assert "!relative" not in (ROOT / "mkdocs.yml").read_text("utf-8")


def generators(folder: Path) -> dict[str, set[str]]:
    """Return what modules of a folder import of MkDocs, by their names."""
    found = {}
    for path in folder.rglob("*.py"):
        imported = {name.split(".")[0] for name in imported_modules(path)}
        found[path.stem] = {name for name in imported if name.startswith(("mkdocs", "material"))}
    return found


def test_one_module_of_the_tooling_knows_mkdocs():
    found = generators(ROOT / "src" / "dlcourse_site")
    assert found.pop("mkdocs_site") == {"material", "mkdocs", "mkdocs_jupyter"}
    assert {name: imported for name, imported in found.items() if imported} == {}


def test_an_import_of_mkdocs_inside_a_function_is_found(tmp_path):
    (tmp_path / "page.py").write_text("def f():\n    from mkdocs.exceptions import Abort\n")
    assert generators(tmp_path) == {"page": {"mkdocs"}}


def test_templates_of_the_theme_call_no_method_of_python():
    """Generators that are not written in Python read these templates as well."""
    for path in (ROOT / "overrides").glob("*.html"):
        assert re.findall(r"[\w\])]\.\w+\(", path.read_text("utf-8")) == []
