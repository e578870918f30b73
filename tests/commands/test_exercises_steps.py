"""Which help fits, and what comes next."""

from dlcourse.commands.exercises_steps import describe_help, describe_next, wrap, write_file
from dlcourse.exercises.catalog import find_exercise, load_exercises
from dlcourse.exercises.progress import Progress

CATALOG = load_exercises()
EXERCISE = find_exercise("neuron/weighted_sum", CATALOG)


def help_after(hints, failed):
    progress = Progress(exercises={EXERCISE.id: {"hints": hints, "failed": failed}})
    return describe_help(EXERCISE, progress)


def test_a_hint_comes_before_the_solution():
    assert help_after(0, 9) == "Hint 1 of 3: dlcourse exercises hint neuron/weighted_sum"
    assert help_after(2, 1) == "Hint 3 of 3: dlcourse exercises hint neuron/weighted_sum"
    assert help_after(3, 3).endswith("dlcourse exercises solution neuron/weighted_sum")
    assert help_after(3, 2).endswith("hint neuron/weighted_sum --level 1")


def test_the_next_exercise_is_named_by_its_command():
    first = CATALOG[0].id
    assert describe_next(Progress(), CATALOG) == f"Next: dlcourse exercises start {first}"
    done = {one.id: {"passed": "2026-11-29"} for one in CATALOG}
    assert "no further exercise" in describe_next(Progress(exercises=done), CATALOG)


def test_a_new_starter_is_announced():
    progress = Progress()
    assert write_file(EXERCISE, progress) == "Wrote exercises/neuron/weighted_sum.py."
    progress.entry(EXERCISE)["starter"] = "0" * 64  # of an older version
    text = write_file(EXERCISE, progress)
    assert "exercises/neuron/weighted_sum.new.py is the new one" in text
    assert "exercises/neuron/weighted_sum.py stays as it is" in text


TEXT = """A paragraph of more than forty characters is
broken.

- a list of more than forty characters stays as it is

```python
code of more than forty characters stays as it is

after a blank line of the code it stays as well, here
```

The last paragraph of all is broken again."""


def test_paragraphs_are_broken_for_a_terminal(monkeypatch):
    assert wrap(TEXT) == TEXT
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    first, *middle, last = wrap(TEXT).split("\n\n")
    assert first == "A paragraph of more than forty\ncharacters is broken."
    assert middle == TEXT.split("\n\n")[1:-1]
    assert last == "The last paragraph of all is broken\nagain."
