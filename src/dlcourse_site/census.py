"""Find every code block in rendered HTML, to compare what readers see with what ran."""

from html.parser import HTMLParser


class CodeParser(HTMLParser):
    """Collects the text of every `<pre>`, but for line numbers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Start a text at `<pre>`."""
        if tag == "pre":
            self.is_inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        """End the text at `</pre>`."""
        if tag == "pre":
            self.is_inside = False

    def handle_data(self, data: str) -> None:
        """Add to the text."""
        if self.is_inside:
            self.texts[-1] += data


def code_texts(html: str) -> list[str]:
    """Return the text of each code block of a page's HTML."""
    parser = CodeParser()
    parser.feed(html)
    return parser.texts
