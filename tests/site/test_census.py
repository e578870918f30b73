"""What readers see in the built site is what ran, character for character."""

from pathlib import Path

import pytest

from dlcourse_site.census import compare
from dlcourse_site.pages import Course

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def census(built_site):
    return compare(Course(ROOT), built_site)


def test_built_pages_show_what_runs_and_nothing_else(census, record_property):
    findings, counts = census
    record_property("course", dict(counts))  # for the summary at the end of the run
    assert findings == []


def test_at_most_one_block_in_twenty_is_excused(census):
    counts = census[1]
    assert counts["rendered"] > 0
    assert counts["resting"] <= 0.05 * counts["rendered"]
