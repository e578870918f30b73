"""A page made by CONTRIBUTING.md alone is checked: no list anywhere has to know it."""

import re
from pathlib import Path

import pytest
from test_sabotage_site import CHECKS, MATTER, add_sabotages, needs_npm

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SNIPPET = "snippets/biology/forward.py"
CODE = "y = 0.5 + 0.025\n\nprint(y)\n"
DRAWING = "import matplotlib.pyplot as plt\n\nplt.plot([0, 1])\nplt.show()\n"


@pytest.fixture
def course(tiny_course):
    """The tiny course with the guide's example page in a chapter that it never heard of."""
    (example,) = re.findall(r"^````markdown\n(.*?)^````$", GUIDE, re.DOTALL | re.MULTILINE)
    example = example.replace("neuron/", "biology/")
    title = 'title="snippets/biology/decision_line.py"'
    drawing = f'\n```python {title}\n--8<-- "biology/decision_line.py"\n```\n'
    page = f"---\ntitle: Biology\n---\n\n# Biology\n\n{example}{drawing}"
    tiny_course.write("docs/biology/index.md", page)
    tiny_course.write(SNIPPET, CODE)
    tiny_course.write("snippets/biology/decision_line.py", DRAWING)
    assert tiny_course.pytest("--update-outputs").returncode == 0  # what `make outputs` does
    return tiny_course


def test_page_made_from_the_example_is_checked(course):
    done = course.pytest()
    assert done.returncode == 0, done.stdout
    assert course.read("snippets/biology/forward.out") == "0.525\n"
    assert "checked: 3 Python blocks" in done.stdout  # one is the tiny course's own
    assert "2 outputs, 1 figures, 2 numbers in prose" in done.stdout


def test_page_made_from_the_example_is_red_when_its_snippet_changes(course):
    course.edit(SNIPPET, "0.025", "0.05")
    done = course.pytest()
    assert done.returncode == 1
    places = re.findall(r"^docs/biology/index\.md:\d+: .*", done.stdout, re.MULTILINE)
    assert any("forward.py prints other (+) than forward.out (-)" in place for place in places)
    assert any("the page says 0.525, but forward.y is 0.550" in place for place in places)
    assert "FAILED docs/neuron" not in done.stdout


@needs_npm
@pytest.mark.soak
def test_page_made_from_the_example_is_seen_by_every_check_of_the_site(course):
    add_sabotages(course, {})
    page, nav = "docs/biology/index.md", "neuron/lab.py"
    course.edit(
        "mkdocs.yml", f"'{nav}'", f"'{nav}', 'biology/index.md'"
    )  # the one line that the guide asks for
    course.edit(page, "---\ntitle: Biology\n---\n\n", MATTER)  # its neighbor's front matter
    course.targets = [*CHECKS, "tests/site/test_numbers.py", "docs"]
    done = course.pytest()
    assert done.returncode == 0, done.stdout
    course.write(page, course.read(page) + '\n<a href="nope/">A netwrok</a> has 0.5.\n')
    done = course.pytest()
    line = course.read(page).count("\n")
    for what in ("nope/: no such page", "netwrok ==> network", "0.5: bind it"):
        assert f"{page}:{line}: {what}" in done.stdout


def test_marks_that_the_guide_teaches_are_those_that_the_checks_know(tiny_course):
    (skip,) = re.findall(r"`(<!--pytest\.mark\.skip.*?-->)`", GUIDE)
    tiny_course.write("docs/biology/index.md", f"# Biology\n\n{skip}\n```bash\nmake serve\n```\n")
    done = tiny_course.pytest()
    assert done.returncode == 0, done.stdout
    assert "excused docs/biology/index.md:4: starts a server" in done.stdout


def test_every_place_that_the_guide_names_is_there():
    names = re.findall(r"`((?:src|docs|snippets|tests)/[\w/.]*|mkdocs\.yml|[A-Z]+\.md)`", GUIDE)
    assert len(names) > 3
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_every_command_of_the_guide_is_a_task():
    script = (ROOT / "tasks.py").read_text("utf-8")
    tasks = set(re.findall(r'^    "(\w+)": Task\(', script, re.MULTILINE))
    assert set(re.findall(r"`make (\w+)`", GUIDE)) <= tasks | {"serve", "edit"}
