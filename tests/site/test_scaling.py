"""Four times the pages take at most about four times as long to check."""

import os
import resource
import subprocess
import sys

import pytest
from test_sabotage import add, svg  # noqa: F401 (a fixture)


def cpu_seconds(course) -> float:
    """Return what a check of the pages takes in a new process, imports and all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "pytest", "-q", "docs", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": "src"}
    subprocess.run(command, cwd=course.root, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.soak
def test_four_times_the_pages_take_at_most_about_four_times_as_long(
    tiny_course,
    svg,  # noqa: F811
    record_property,
):
    seconds = {}
    for number in range(100):
        add(tiny_course, f"chapter{number}", svg)
        if number + 1 in (25, 100):
            seconds[number + 1] = cpu_seconds(tiny_course)
    told = f"page check: {seconds[25]:.1f} s for 25 chapters, {seconds[100]:.1f} s for 100"
    record_property("line", told)  # in the summary at the end of the run
    assert seconds[100] <= 4.2 * seconds[25], told  # a twentieth of room for noise
