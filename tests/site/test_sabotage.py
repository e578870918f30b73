"""Each way to make a page say what is not so fails the checks, which name place and fault."""

import re

import pytest
from sabotages import CHAPTER, PAGE, SABOTAGES, SVG, Sabotage

CHAPTERS = {name: f"chapter{number}" for number, name in enumerate(SABOTAGES)}
LIMIT = ("-o", "snippet_seconds=2")  # of two endless loops; the snippets beside them take 0.02 s


@pytest.fixture(scope="session")
def svg(tmp_path_factory, tiny_course_in):
    """Draw the chapter's figure as `make outputs` does."""
    course = tiny_course_in(tmp_path_factory.mktemp("drawn"))
    add(course, "neuron")
    done = course.pytest("--update-outputs")
    assert done.returncode == 0, done.stdout
    return course.read(SVG)


def add(course, chapter: str, svg: str | None = None) -> None:
    """Write a chapter in which all is well."""
    files = CHAPTER | ({SVG: svg} if svg else {})
    for name, text in files.items():
        course.write(name.replace("neuron", chapter), text.replace("neuron/", f"{chapter}/"))


def do(course, sabotage: Sabotage) -> None:
    """Do it."""
    file, old, new, *_ = sabotage
    if new is None:
        (course.root / file).unlink()
    elif old:
        course.edit(file, old, new)
    else:
        course.write(file, course.read(file) + new)


def failures(done) -> list[str]:
    """Return the text of each failure of a run."""
    return re.split(
        r"^_{3,} .* _{3,}$", done.stdout.partition("= FAILURES =")[2], flags=re.MULTILINE
    )[1:]


def is_found(sabotage: Sabotage, told: list[str]) -> bool:
    return any(sabotage.place in text and sabotage.words in text for text in told)


@pytest.fixture
def sabotaged_course(tiny_course, svg):
    """A course with a chapter for each sabotage, and one in which all is well."""
    add(tiny_course, "neuron", svg)
    for name, chapter in CHAPTERS.items():
        add(tiny_course, chapter, svg)
        do(tiny_course, SABOTAGES[name].of(chapter))
    return tiny_course


def missed(told: list[str]) -> list[str]:
    """Return the names of the sabotages that no failure tells of."""
    return [
        name
        for name, chapter in CHAPTERS.items()
        if not is_found(SABOTAGES[name].of(chapter), told)
    ]


def test_every_sabotage_is_found_among_all_others(sabotaged_course):
    done = sabotaged_course.pytest(*LIMIT)
    told = failures(done)
    assert done.returncode == 1
    assert missed(told) == [], done.stdout
    assert not [text for text in told if PAGE in text]  # nothing is said where all is well


@pytest.mark.soak
@pytest.mark.parametrize("name", SABOTAGES)
def test_sabotage_is_found_alone(tiny_course, svg, name):
    add(tiny_course, "neuron", svg)
    do(tiny_course, SABOTAGES[name])
    done = tiny_course.pytest(*LIMIT)
    assert done.returncode == 1, done.stdout
    assert is_found(SABOTAGES[name], failures(done)), done.stdout


def test_nothing_is_red_without_sabotage(tiny_course, svg):
    add(tiny_course, "neuron", svg)
    done = tiny_course.pytest()
    assert done.returncode == 0, done.stdout
    blocks = "checked: 2 Python blocks, 0 bash blocks (0 more excused), 1 labs"
    assert f"{blocks}, 1 outputs, 1 figures, 1 numbers" in done.stdout
