"""The course's frozen text is plain and complete, and comes from the course's pages."""

import hashlib
from pathlib import Path

from dlcourse.data.course_text import load_course_text

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_text_stays_as_it_was():
    """What runs count and learn from it would change; write it anew only on purpose."""
    digest = hashlib.sha256(load_course_text().encode("utf-8")).hexdigest()
    assert digest == "8f7cf87293767f7ab0a58ff33827f26945ed99968075abc9204f783cdc2f300a"


def test_text_is_plain_paragraphs():
    text = load_course_text()
    assert 90_000 < len(text) < 120_000
    printable = {chr(code) for code in range(32, 127)}
    assert set(text) <= printable | {"\n"}
    for paragraph in text.strip("\n").split("\n\n"):
        assert "\n" not in paragraph
        assert paragraph == paragraph.strip()


def test_text_holds_no_code_and_no_markup():
    text = load_course_text()
    for mark in ("```", "--8<--", "<!--", "](", "import torch", "{ #"):
        assert mark not in text


def test_text_comes_from_the_pages():
    """Most of its words are still on the pages: far fewer would mean that it is another text."""
    texts = [page.read_text("utf-8") for page in DOCS.rglob("*.md")]
    pages = " ".join(texts).lower()
    words = {word for word in load_course_text().lower().split() if word.isalpha()}
    found = [word for word in words if word in pages]
    assert len(found) > 0.9 * len(words)
