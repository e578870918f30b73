"""The teaching page: complete stations, and minutes that are those of the agenda."""

import re
from pathlib import Path

import pytest
from page_form import (
    HEADING,
    MINUTES_A_SNIPPET,
    WORDS_A_MINUTE,
    count_words,
    main_line,
    read_lines,
)

from dlcourse_site.pages import Course

ROOT = Path(__file__).resolve().parents[2]
MINUTES_FOR_A_QUESTION = 2  # as the page says
PAGE = (ROOT / "docs" / "teach" / "index.md").read_text("utf-8")


def agenda() -> dict[str, dict[str, int]]:
    """Return what the snippet says: session -> station -> minutes."""
    names: dict = {"print": lambda *_: None}
    exec((ROOT / "snippets" / "teach" / "agenda.py").read_text("utf-8"), names)
    return {"short": names["short"], "long": names["long"]}


def stations(session: str) -> dict[str, str]:
    """Return the paragraphs of a session by their station's name in the snippet."""
    text = re.split(r"^## ", PAGE.partition(f"{{ #{session} ")[2], flags=re.MULTILINE)[0]
    found = re.findall(
        rf'^(\*\*.*?agenda\.{session}\["(.+?)"\].*?)(?:\n\n|\Z)', text, re.MULTILINE | re.DOTALL
    )
    return {name: paragraph for paragraph, name in found}


@pytest.mark.parametrize("session", ["short", "long"])
def test_every_station_of_the_agenda_has_its_paragraph_in_order(session):
    timed = [station for station, minutes in agenda()[session].items() if minutes]
    assert list(stations(session)) == timed


@pytest.mark.parametrize("session", ["short", "long"])
def test_every_station_shows_something_asks_and_says_what_to_listen_for(session):
    for name, paragraph in stations(session).items():
        if name == "exit":
            continue
        assert re.search(r"\]\(\S+?\.(md|py)", paragraph), f"{name}: nothing to project"
        if name == "break":
            continue
        if session == "short":
            assert "*Project*" in paragraph, name
        assert "*Ask:*" in paragraph or "asks" in paragraph, name
        assert "*Listen for*" in paragraph, name


def section_minutes(path: Path, anchor: str) -> float:
    """Return the minutes that a section takes to read and run, without what is folded in it."""
    lines = read_lines(path.read_text("utf-8"))
    inside = []
    level = 0  # of the section's heading; 0 until it comes
    for line in lines:
        heading = HEADING.match(line.text)
        if heading and level and len(heading[1]) <= level:
            break
        if heading and heading[3] == anchor:
            level = len(heading[1])
        if level:
            inside.append(line)
    visible = [line for line in inside if not any(one.startswith("??? ") for one in line.openers)]
    python = {block.line: block.text for block in Course(ROOT).read(path) if block.kind == "python"}
    num_snippets, _ = main_line(visible, python)
    words = sum(count_words(line.text) for line in visible)
    return words / WORDS_A_MINUTE + num_snippets * MINUTES_A_SNIPPET


def shown_minutes(paragraph: str) -> float:
    """Return the minutes of the sections that a station links to."""
    links = re.findall(r"\]\((\S+?\.md)#([\w-]+)\)", paragraph)
    places = [((ROOT / "docs" / "teach" / page).resolve(), anchor) for page, anchor in links]
    return sum(section_minutes(path, anchor) for path, anchor in places)


def test_a_section_takes_the_minutes_of_its_words_and_its_programs():
    neuron = ROOT / "docs" / "neuron" / "index.md"
    assert section_minutes(neuron, "three-ways") > MINUTES_A_SNIPPET
    assert section_minutes(neuron, "nowhere") == 0


@pytest.mark.parametrize("name", agenda()["short"])
def test_a_station_has_time_for_its_sections_and_for_its_question(name):
    """The long session shows what the short one shows, and more."""
    minutes = {session: stations_minutes[name] for session, stations_minutes in agenda().items()}
    short = shown_minutes(stations("short").get(name, ""))
    long = short + shown_minutes(stations("long").get(name, ""))
    if minutes["short"]:
        assert minutes["short"] >= short + MINUTES_FOR_A_QUESTION
    assert minutes["long"] >= long + MINUTES_FOR_A_QUESTION


@pytest.mark.parametrize("session", ["short", "long"])
def test_each_session_has_pair_tasks_and_an_exit_ticket(session):
    paragraphs = stations(session).values()
    assert sum(paragraph.startswith("**Pair task:") for paragraph in paragraphs) == 2
    assert "(#exit-ticket)" in stations(session)["exit"]


def test_the_parts_are_those_of_the_lessons_agenda():
    for heading in ("### Dictionary", "### Life and role of a neuron", "### Application"):
        assert PAGE.count(heading) == 2  # once in each session


def test_each_slip_on_the_exit_ticket_leaves_its_own_trace():
    """A pair of answers tells which slip it was: no two rows of the table of slips are equal."""
    w, b = (2, -1), 0.5

    def answers(formula):
        return tuple(formula(*x) for x in ((2, 3), (1, 3)))

    traces = [
        answers(lambda x1, x2: max(0, w[0] * x1 + w[1] * x2 + b)),
        answers(lambda x1, x2: max(0, w[0] * x1 + w[1] * x2)),
        answers(lambda x1, x2: w[0] * x1 + w[1] * x2 + b),
        answers(lambda x1, x2: max(0, w[0] * x1 - w[1] * x2 + b)),
    ]
    assert traces == [(1.5, 0), (1, 0), (1.5, -0.5), (7.5, 5.5)]
    output = (ROOT / "snippets" / "teach" / "ticket.out").read_text("utf-8")
    printed = [
        [float(number) for number in re.findall(r"-?\d+\.\d+", line)]
        for line in output.splitlines()
    ]
    assert list(zip(*printed, strict=True)) == traces
    assert len(set(traces)) == len(traces)
