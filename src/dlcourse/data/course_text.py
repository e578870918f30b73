"""The prose of this course as one plain text, small enough to count its words or train on it."""

from pathlib import Path


def load_course_text() -> str:
    """Return the course's prose in ASCII characters, with empty lines between paragraphs.

    It is a copy of the pages' sentences, without code, tables, formulas and sources. The copy is
    frozen, so that a model trained on it does not change whenever a page does. It has about 100,000
    characters. License: CC BY 4.0.
    """
    path = Path(__file__).with_name("course.txt")
    return path.read_text("ascii")
