"""The modules of the package can be read in an order in which each imports only earlier ones."""

import ast
import graphlib
from pathlib import Path

import pytest

import dlcourse

PACKAGE = Path(dlcourse.__file__).parent


def name_module(path: Path, package: Path) -> str:
    """Return the name by which a file of a package is imported."""
    parts = [package.name, *path.relative_to(package).with_suffix("").parts]
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


def find_imports(path: Path) -> set[str]:
    """Return the names that a file imports at its top, in functions and under TYPE_CHECKING."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import, which this graph does not know"
            names.add(node.module)
            # What is imported from a package may be a module.
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def build_graph(package: Path) -> dict[str, set[str]]:
    """Return for each module of a package the modules of the same package that it imports."""
    paths = {name_module(path, package): path for path in package.rglob("*.py")}
    graph = {}
    for name, path in paths.items():
        imported = find_imports(path) & paths.keys()
        graph[name] = imported - {name}
    return graph


def find_circle(package: Path) -> str:
    """Return the modules that import one another in a circle, or nothing."""
    try:
        graphlib.TopologicalSorter(build_graph(package)).prepare()
    except graphlib.CycleError as error:
        _, circle = error.args
        # The sorter lists each module before the one that imports it.
        return " imports ".join(reversed(circle))
    return ""


def test_no_modules_import_one_another_in_a_circle():
    assert find_circle(PACKAGE) == ""


def test_the_graph_has_every_module_and_what_it_imports():
    graph = build_graph(PACKAGE)
    assert len(graph) == len(list(PACKAGE.rglob("*.py")))
    assert graph["dlcourse.data.framing"] == set()
    assert graph["dlcourse.data.image_files"] == {"dlcourse.data.images"}


@pytest.mark.parametrize(
    "way_back",
    [
        "from tiny.inside.first import name",
        "from tiny.inside import first",
        "import tiny.inside.first",
        "def read():\n    from tiny.inside.first import name",
        "if TYPE_CHECKING:\n    from tiny.inside.first import name",
    ],
)
def test_a_circle_is_named_however_it_is_closed(tmp_path, way_back):
    inside = tmp_path / "tiny" / "inside"
    inside.mkdir(parents=True)
    (inside / "first.py").write_text("from tiny.inside.second import name")
    (inside / "second.py").write_text("import tiny.third")
    (tmp_path / "tiny" / "third.py").write_text("")
    assert find_circle(tmp_path / "tiny") == ""

    (tmp_path / "tiny" / "third.py").write_text(way_back)
    circle = find_circle(tmp_path / "tiny")
    for step in (
        "tiny.inside.first imports tiny.inside.second",
        "tiny.inside.second imports tiny.third",
        "tiny.third imports tiny.inside.first",
    ):
        assert step in f"{circle} imports {circle}"
