"""A kept site builds what a saved file concerns, and nothing else."""

import logging
import os
import shutil
from pathlib import Path

import pytest

from dlcourse_site.edit import saved
from dlcourse_site.mkdocs_site import KeptSite

ROOT = Path(__file__).resolve().parents[2]
HOME = "# Home\n\nWelcome.\n"
OTHER = '# Other\n\nA [link](../neuron/index.md#the-neuron).\n\n--8<-- "other/note.md"\n'


@pytest.fixture
def site(tiny_course, tmp_path, monkeypatch):
    """Return a kept site of three pages and a lab, built once."""
    monkeypatch.setenv("DLCOURSE_RUN_LABS", "false")
    nav = "nav: [index.md, neuron/index.md, neuron/lab.py, other/index.md]"
    tiny_course.edit("mkdocs.yml", "nav: [index.md, neuron/index.md]", nav)
    shutil.copytree(ROOT / "overrides", tiny_course.root / "overrides")
    tiny_course.write("docs/index.md", HOME)
    tiny_course.write("docs/other/index.md", OTHER)
    tiny_course.write("docs/assets/course.css", "a { color: red }\n")
    tiny_course.write("snippets/other/note.md", "A note.\n")
    folder = tmp_path / "site"
    site = KeptSite(tiny_course.root / "mkdocs.yml", folder, "http://127.0.0.1:8000/")
    site.build()
    return site


def built(site, course, *names) -> list[str]:
    """Return the names of the pages that are built after files of a course were saved."""
    return site.update({str(course.root / name) for name in names})


def html(site, address) -> str:
    """Return a page as a browser gets it."""
    site.write(f"/{address}")
    path = os.path.join(site.options["site_dir"], address, "index.html")
    with open(path, encoding="utf-8") as file:
        return file.read()


ALL = ["index.md", "neuron/index.md", "neuron/lab.py", "other/index.md"]


def test_saved_page_is_built_alone(site, tiny_course):
    tiny_course.write("docs/index.md", f"{HOME}\nSaved.\n")
    assert built(site, tiny_course, "docs/index.md") == ["index.md"]
    assert "Saved." in html(site, "")


def test_saved_snippet_builds_the_pages_that_show_it(site, tiny_course):
    tiny_course.edit("snippets/neuron/forward.py", "One neuron", "A neuron")
    assert built(site, tiny_course, "snippets/neuron/forward.py") == ["neuron/index.md"]
    assert "A neuron with one input" in html(site, "neuron/")
    tiny_course.write("snippets/other/note.md", "Another note.\n")
    assert built(site, tiny_course, "snippets/other/note.md") == ["other/index.md"]
    tiny_course.write("snippets/neuron/new.py", "print(1)\n")
    assert built(site, tiny_course, "snippets/neuron/new.py") == []


@pytest.mark.parametrize("name", ["mkdocs.yml", "docs/new/index.md", "overrides/main.html"])
def test_what_may_concern_any_page_builds_all(name, site, tiny_course):
    text = '{% extends "base.html" %}' if name.endswith("html") else "# New\n"
    if name != "mkdocs.yml":
        tiny_course.write(name, text)
    new = ["new/index.md"] if name.startswith("docs") else []
    assert sorted(built(site, tiny_course, name)) == sorted(ALL + new)


def test_saved_glossary_builds_the_pages_that_link_to_it(site, tiny_course):
    entry = "# Glossary\n\n### Welcome {#welcome}\n\nA first word.\n"
    tiny_course.write("docs/glossary/index.md", entry)
    built(site, tiny_course, "docs/glossary/index.md")
    tiny_course.write("docs/glossary/index.md", entry.replace("A first", "The first"))
    pages = built(site, tiny_course, "docs/glossary/index.md")
    assert pages == ["index.md", "glossary/index.md", "neuron/index.md", "other/index.md"]
    assert 'title="The first word."' in html(site, "")


def test_deleted_page_builds_all(site, tiny_course):
    (tiny_course.root / "docs/other/index.md").unlink()
    assert sorted(built(site, tiny_course, "docs/other/index.md")) == ALL[:-1]


def test_saved_asset_is_copied_and_builds_nothing(site, tiny_course):
    tiny_course.write("docs/assets/course.css", "a { color: blue }\n")
    assert built(site, tiny_course, "docs/assets/course.css") == []
    copied = os.path.join(site.options["site_dir"], "assets/course.css")
    with open(copied, encoding="utf-8") as file:
        assert "blue" in file.read()


def test_changed_title_shows_on_other_pages(site, tiny_course):
    assert "Renamed" not in html(site, "other/")
    tiny_course.write("docs/index.md", "---\ntitle: Renamed\n---\n# Home\n")
    assert built(site, tiny_course, "docs/index.md") == ["index.md"]
    assert "Renamed" in html(site, "other/")


def test_page_shows_its_error_until_it_is_fixed(site, tiny_course, caplog):
    (tiny_course.root / "snippets/other/note.md").unlink()
    assert "other/index.md" in built(site, tiny_course, "snippets/other/note.md")
    assert "could not be found" in html(site, "other/")
    assert "One neuron" in html(site, "neuron/")
    tiny_course.write("snippets/other/note.md", "It is back.\n")
    assert built(site, tiny_course, "snippets/other/note.md") == ["other/index.md"]
    assert "It is back." in html(site, "other/")


def test_lost_heading_is_told_of_the_page_that_links_to_it(site, tiny_course, caplog):
    tiny_course.edit("docs/neuron/index.md", "# ", "# Renamed ")
    with caplog.at_level(logging.WARNING):
        built(site, tiny_course, "docs/neuron/index.md")
    assert "other/index.md' contains a link '../neuron/index.md#the-neuron'" in caplog.text


def test_files_of_an_editor_are_not_watched(tiny_course):
    before = saved(tiny_course.root)
    for name in ("docs/.index.md.swp", "docs/index.md~", "src/dlcourse/__pycache__/draw.pyc"):
        tiny_course.write(name, "")
    assert saved(tiny_course.root) == before
    assert str(tiny_course.root / "snippets/neuron/forward.out") in before
