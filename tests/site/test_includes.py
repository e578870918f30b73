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
    links = Treeprocessor(md)  # mkdocs registers one that knows the settings
    links.config = SimpleNamespace(config_file_path=str(tmp_path / "mkdocs.yml"))
    md.treeprocessors.register(links, "relpath", 0)
    assert "print(1 + 1)" in md.convert('--8<-- "sum.py"')
