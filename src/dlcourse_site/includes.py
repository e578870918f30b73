"""Markdown extension: pymdownx.snippets includes from the project's snippets/, wherever it runs."""

from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from dlcourse_site.places import project_root


class IncludeExtension(Extension, Preprocessor):
    """Tells pymdownx.snippets its folder before each page, because no setting has to name it."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take the place just above pymdownx.snippets (32)."""
        self.md = md
        md.preprocessors.register(self, "dlcourse_includes", 33)

    def run(self, lines: list[str]) -> list[str]:
        """Set the folder; the lines stay as they are."""
        snippets: Any = self.md.preprocessors["snippet"]
        folder = project_root(self.md) / "snippets"
        snippets.base_path = [str(folder)]
        return lines
