"""The teaching page prints as it says: two sheets on both sides, a session on each page."""

import re

import pytest


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_teaching_page_fills_two_sheets(paper, open_page):
    pdf = open_page("teach/").pdf(format=paper)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 4
