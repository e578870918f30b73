"""The course's frozen text is plain, whole, and the course's own."""

from pathlib import Path

from dlcourse.data.course_text import load_course_text

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_text_is_plain_paragraphs():
    text = load_course_text()
    assert 90_000 < len(text) < 120_000
    assert set(text) <= {"\n", *map(chr, range(32, 127))}
    paragraphs = text.strip("\n").split("\n\n")
    assert all("\n" not in paragraph and paragraph == paragraph.strip() for paragraph in paragraphs)


def test_text_holds_no_code_and_no_markup():
    text = load_course_text()
    for mark in ("```", "--8<--", "<!--", "](", "import torch", "](", "{ #"):
        assert mark not in text


def test_text_comes_from_the_pages():
    """Most of its words are still on today's pages: far fewer would mean that it is another text."""
    pages = " ".join(page.read_text("utf-8") for page in DOCS.rglob("*.md")).lower()
    words = {word for word in load_course_text().lower().split() if word.isalpha()}
    assert sum(word in pages for word in words) > 0.9 * len(words)
