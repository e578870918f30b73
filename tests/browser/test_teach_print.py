"""What is made to be printed fills as many sheets as it says.

Each session has a sheet of its own, and the worksheet has one.
"""

import re

import pytest


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(("name", "num_pages"), [("teach/", 4), ("applications/worksheet/", 1)])
def test_page_fills_its_sheets(name, num_pages, paper, open_page):
    pdf = open_page(name).pdf(format=paper)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == num_pages
