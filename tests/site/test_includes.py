"""Pages include from the project's snippets/, from whichever folder the site is built."""

import html
import re
import shutil
import tomllib
from pathlib import Path
from types import SimpleNamespace

import markdown
import pytest
from markdown.treeprocessors import Treeprocessor

from dlcourse.exercises.catalog import load_exercises
from dlcourse_site.places import EXERCISES, BrokenRule
from dlcourse_site.settings import read_settings
from dlcourse_site.shown import LINE

ROOT = Path(__file__).resolve().parents[2]
SORTINGS = sorted((ROOT / EXERCISES).glob("*/sort.toml"))


def test_a_page_includes_from_the_folder_of_the_settings(tmp_path, monkeypatch):
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets" / "sum.py").write_text("print(1 + 1)", "utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    extensions = ["pymdownx.snippets", "dlcourse_site.includes:IncludeExtension"]
    options = {"pymdownx.snippets": {"check_paths": True}}
    md = markdown.Markdown(extensions=extensions, extension_configs=options)
    links = Treeprocessor(md)  # mkdocs registers one that knows the page
    links.file = SimpleNamespace(abs_src_path=str(tmp_path / "docs" / "index.md"))
    md.treeprocessors.register(links, "relpath", 0)
    assert "print(1 + 1)" in md.convert('--8<-- "sum.py"')


def test_a_page_may_include_an_exercise(tmp_path, monkeypatch):
    starter = tmp_path / "src/dlcourse/exercises/neuron/weighted_sum/starter.py"
    starter.parent.mkdir(parents=True)
    starter.write_text("bias = 0  # TODO", "utf-8")
    monkeypatch.chdir(tmp_path)
    extensions = ["pymdownx.snippets", "dlcourse_site.includes:IncludeExtension"]
    options = {"pymdownx.snippets": {"check_paths": True}}
    md = markdown.Markdown(extensions=extensions, extension_configs=options)
    assert "TODO" in md.convert('--8<-- "neuron/weighted_sum/starter.py"')


def convert(text: str) -> str:
    """Return a page as the site's settings make it, without figures and formulas."""
    settings = read_settings(ROOT)["markdown_extensions"]
    names = ["dlcourse_site.includes:IncludeExtension"]
    names += [name for name in settings if not name.startswith("dlcourse_site")]
    return markdown.Markdown(extensions=names, extension_configs=settings).convert(text)


def test_a_comment_for_the_tests_opens_no_paragraph_in_a_tab():
    mark = '<!--pytest.mark.skip(reason="installs packages")-->'
    page = convert(f'=== "Linux"\n\n    {mark}\n    ```bash\n    ls\n    ```\n')
    assert "<code>ls" in page
    assert "<p>" not in page
    assert mark in html.unescape(convert(f"````markdown\n{mark}\n```bash\nls\n```\n````\n"))


def test_an_exercise_and_a_quiz_take_the_place_of_their_lines():
    """The task and its folds, and a form that works by keyboard."""
    page = convert("::: quiz neuron\n\n::: exercise neuron/weighted_sum\n")
    heading = '<h3 id="exercise-weighted-sum">Exercise: '
    assert heading in page
    assert page.count("<details") == 2 * 3 + 4  # two for a question; three hints and the solution
    assert page.count("<form") == page.count("<fieldset") == page.count("<legend") == 3
    assert page.count('<label><input type="radio"') == 4 + 3 + 3
    assert page.count("<strong>Correct.</strong>") == page.count('role="status"') == 3
    assert "NotImplementedError" in page
    assert ":::" not in page


@pytest.mark.parametrize("path", SORTINGS, ids=lambda path: path.parent.name)
def test_items_to_sort_take_the_place_of_their_line(path):
    """A question and a list of explained answers for each item, one button and one status."""
    sorting = tomllib.loads(path.read_text("utf-8"))
    items = sorting["item"]
    num_choices = len(sorting["choices"])
    page = convert(f"::: sort {path.parent.name}\n")
    assert f'id="sort">{sorting["title"]}' in page
    assert sorting["question"] in page
    assert page.count("<fieldset") == page.count("<legend") == page.count("<ol>") == len(items)
    assert page.count("<form") == page.count("<button") == page.count('role="status"') == 1
    assert page.count('<label><input type="radio"') == page.count("<li>")
    assert page.count("<li>") == num_choices * len(items)
    verdicts = re.findall(r"<strong>(Correct|Not correct)\.</strong>", page)
    places = [place for place, verdict in enumerate(verdicts) if verdict == "Correct"]
    rights = [item["right"] for item in items]
    assert places == [num_choices * number + right - 1 for number, right in enumerate(rights)]
    assert set(rights) == set(range(1, num_choices + 1))
    explanations = [text for item in items for text in item["explanations"]]
    assert len(set(explanations)) == num_choices * len(items)


def test_each_list_to_sort_stands_on_the_page_of_its_chapter():
    chapters = {path.parent.name for path in SORTINGS}
    pages = (ROOT / "docs").glob("*/index.md")
    shown = {
        page.parent.name
        for page in pages
        if f"\n::: sort {page.parent.name}\n" in page.read_text("utf-8")
    }
    assert chapters == shown


UNKNOWN = ["exercise neuron/unknown", "exercise", "quiz unknown", "sort unknown"]


@pytest.mark.parametrize("line", UNKNOWN)
def test_an_unknown_exercise_stops_the_build_at_its_line(line, tmp_path):
    page = tmp_path / "docs" / "neuron" / "index.md"
    page.parent.mkdir(parents=True)
    page.write_text(f"# Neuron\n\n::: {line}\n", "utf-8")
    folder = tmp_path / EXERCISES
    folder.mkdir(parents=True)
    shutil.copy(ROOT / EXERCISES / "index.toml", folder)
    md = markdown.Markdown(
        extensions=["pymdownx.snippets", "dlcourse_site.includes:IncludeExtension"]
    )
    links = Treeprocessor(md)
    links.file = SimpleNamespace(abs_src_path=str(page))
    md.treeprocessors.register(links, "relpath", 0)
    kind, _, name = line.partition(" ")
    with pytest.raises(BrokenRule) as broken:
        md.convert(page.read_text("utf-8"))
    assert (
        str(broken.value) == f"docs/neuron/index.md:3: there is no {kind} {name!r} in {EXERCISES}"
    )


def test_all_exercises_stand_in_a_table_with_what_they_practice():
    page = convert("::: exercises\n")
    exercises = load_exercises(ROOT / EXERCISES)
    rows = re.findall(r'<td><a href="\.\./(\S+)\.md#exercise-\S+">.*?<code>(\S+)</code>', page)
    assert [name for _, name in rows] == [exercise.id for exercise in exercises]
    assert [place.removesuffix("/index") for place, _ in rows] == [one.page for one in exercises]
    assert "compute a neuron\u2019s output by hand" in page.replace("'", "\u2019")


def test_each_exercise_stands_on_its_page_in_the_order_of_the_index():
    exercises = load_exercises(ROOT / EXERCISES)
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").with_suffix("").as_posix().removesuffix("/index")
        lines = [line.groups() for line in LINE.finditer(page.read_text("utf-8"))]
        shown = [name for kind, name in lines if kind == "exercise"]
        assert shown == [one.id for one in exercises if one.page == name], name
        quizzes = [name for kind, name in lines if kind == "quiz"]
        assert len(quizzes) <= 1, name
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md"))
    for quiz in (ROOT / EXERCISES).glob("*/quiz.toml"):
        assert f"\n::: quiz {quiz.parent.name}\n" in pages
