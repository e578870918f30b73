"""The prose of this course as one plain text: small enough to count its words and to train on its letters."""

from pathlib import Path


def load_course_text() -> str:
    """Return the course's prose, paragraphs divided by empty lines, in letters that ASCII has.

    It is a copy of the pages' sentences, without code, tables, formulas and sources, frozen so that what is
    learned from it does not change whenever a page does. About 100,000 characters. Licence: CC BY 4.0.
    """
    return Path(__file__).with_name("course.txt").read_text("ascii")
