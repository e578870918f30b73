"""Pages include from the project's snippets/, from whichever folder the site is built."""

from types import SimpleNamespace

import markdown
from markdown.treeprocessors import Treeprocessor


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
