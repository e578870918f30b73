"""Every task answers the same questions; for each question there is a task that fails it."""

from collections import defaultdict

import pytest
from bad_tasks import FAILS
from every_task import QUESTIONS, compare_processes, run_on_processes
from tiny_families import FAMILIES

from dlcourse.training.task import Task


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_every_task(question, family, tmp_path):
    assert question(family, tmp_path) == ""


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_a_task_that_fails(question, tmp_path):
    assert question(FAILS[question.__name__], tmp_path) != ""


@pytest.fixture(scope="module")
def ends():
    """How two processes end for each family, and for the one that fails."""
    bad = FAILS["trains_on_two_processes"]
    families = [*FAMILIES, bad]
    found = defaultdict(list)
    for end in run_on_processes(",".join(family.name for family in families), 2):
        found[end["family"]].append(end)
    return found


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_two_processes_take_the_steps_of_one(family, ends):
    assert compare_processes(family, ends[family.name]) == ""


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_two_processes_have_the_same_figures(family, ends):
    first, second = ends[family.name]
    assert first["figures"] == second["figures"]


def test_a_task_that_fails_on_two_processes(ends):
    family = FAILS["trains_on_two_processes"]
    assert compare_processes(family, ends[family.name]) != ""


def test_a_task_without_a_loss_says_so():
    with pytest.raises(NotImplementedError, match="Task defines neither loss nor losses"):
        Task().loss(None, ())
