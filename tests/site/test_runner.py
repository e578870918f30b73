"""The plugin in use: one item or all, in any order; outputs are rewritten only on purpose."""

import re

import pytest

PAGE, SNIPPET, OUT = (
    "docs/neuron/index.md",
    "snippets/neuron/forward.py",
    "snippets/neuron/forward.out",
)
DRAWING = """\
import matplotlib.pyplot as plt

plt.plot([1, 2, 3])
plt.show()
"""
FIGURE = """
![A line that rises](snippets/neuron/line.svg)

```python title="snippets/neuron/line.py"
--8<-- "neuron/line.py"
```
"""


def test_one_item_alone_gets_its_verdict(tiny_course):
    tiny_course.edit(SNIPPET, "0.8", "0.9")
    assert "1 passed" in tiny_course.pytest("-k", "forward.py").stdout
    assert "1 failed" in tiny_course.pytest("-k", "forward.out").stdout
    assert "1 failed" in tiny_course.pytest("-k", "forward.y").stdout


def test_reversed_order_gives_the_same_verdicts(tiny_course):
    tiny_course.edit(SNIPPET, "0.8", "0.9")
    verdicts = done_summary(tiny_course.pytest())
    reverse = "\n\ndef pytest_collection_modifyitems(items):\n    items.reverse()\n"
    tiny_course.write("conftest.py", tiny_course.read("conftest.py") + reverse)
    assert done_summary(tiny_course.pytest()) == verdicts
    assert "forward.out" in verdicts


@pytest.mark.soak
def test_two_workers_give_the_same_verdicts(tiny_course):
    tiny_course.edit(SNIPPET, "0.8", "0.9")
    assert done_summary(tiny_course.pytest("-n", "2")) == done_summary(tiny_course.pytest())


def done_summary(done) -> str:
    """Return the names of the tests that failed and the counts of the course."""
    failed = sorted(
        line.split(" - ")[0] for line in done.stdout.splitlines() if line.startswith("FAILED")
    )
    counts = [line for line in done.stdout.splitlines() if line.startswith("checked:")]
    return "\n".join(failed + counts)


def test_update_writes_what_is_missing_and_says_so(tiny_course):
    (tiny_course.root / OUT).unlink()
    tiny_course.write("snippets/neuron/line.py", DRAWING)
    tiny_course.write(PAGE, tiny_course.read(PAGE) + FIGURE)
    done = tiny_course.pytest("--update-outputs")
    assert done.returncode == 0, done.stdout
    assert f"{OUT} is new" in done.stdout
    assert "snippets/neuron/line.svg is new" in done.stdout
    assert tiny_course.read(OUT) == "y = 0.646\n"
    done = tiny_course.pytest("--update-outputs")
    assert "is new" not in done.stdout
    assert "has changed" not in done.stdout
    assert "1 figures" in done.stdout


def test_update_rewrites_only_what_left_the_tolerance(tiny_course):
    tiny_course.write(OUT, "y = 0.647\n")  # within one unit of the last digit
    assert tiny_course.pytest("--update-outputs").returncode == 0
    assert tiny_course.read(OUT) == "y = 0.647\n"
    tiny_course.write(OUT, "y = 0.648\n")
    assert f"{OUT} has changed" in tiny_course.pytest("--update-outputs").stdout
    assert tiny_course.read(OUT) == "y = 0.646\n"


@pytest.mark.parametrize(("arguments", "environment"), [([], {"CI": "true"}), (["-n", "2"], {})])
def test_update_is_refused_where_nobody_looks(tiny_course, arguments, environment):
    tiny_course.write(OUT, "y = 9\n")
    done = tiny_course.pytest("--update-outputs", *arguments, **environment)
    assert done.returncode == 4
    assert "--update-outputs" in done.stderr
    assert tiny_course.read(OUT) == "y = 9\n"


CASES = {  # what is replaced on the page, by what, and what must be said of it on which line
    "unshown": ('--8<-- "neuron/forward.out"', "", 9, "the page does not show what"),
    "silent": ("forward", "silent", 15, "silent.py prints nothing: take this block off the page"),
    "constant": ("forward.y.data", "0.646", 7, "binds no number"),
    "call": ("forward.y.data", "forward.y.exp()", 7, "binds no number"),
    "wordy": ("0.646<!--", "much<!--", 7, "binds no number"),
    "elsewhere": ("forward.y.data", "loss.y", 7, "loss is not on this page"),
    "unknown": ("forward.y.data", "forward.w", 7, "forward.w has no value"),
    "wrong": ("says 0.646", "says 0.656", 7, "the page says 0.656, but forward.y.data is 0.646"),
    "codeless": (
        "# The",
        "![x](snippets/neuron/net.svg)\n\n# The",
        5,
        "net.py is not on this page",
    ),
}


def test_page_that_does_not_fit_its_snippet_is_named(tiny_course):
    tiny_course.write("snippets/neuron/silent.py", "y = 1\n")
    tiny_course.write("snippets/neuron/silent.out", "1\n")
    for name, (old, new, *_) in CASES.items():
        tiny_course.write(f"docs/{name}/index.md", tiny_course.read(PAGE).replace(old, new))
    done = tiny_course.pytest()
    assert done.returncode == 1
    for name, (_, _, line, words) in CASES.items():
        said = [
            text
            for text in done.stdout.splitlines()
            if text.startswith(f"docs/{name}/index.md:{line}: ")
        ]
        assert any(words in text for text in said), (name, done.stdout)
    assert f"FAILED {PAGE}" not in done.stdout


def test_snippet_with_a_time_limit_and_excused_bash_are_reported(tiny_course):
    tiny_course.write(SNIPPET, "while True:\n    pass\n")
    excused = '\n<!--pytest.mark.skip(reason="starts a server")-->\n```bash\nmake serve\n```\n'
    tiny_course.write(PAGE, tiny_course.read(PAGE) + excused + "\n```bash\nfalse\n```\n")
    done = tiny_course.pytest("-o", "snippet_seconds=0.3")
    assert re.search(r"forward\.py:[12]: runs for more than 0\.3 s", done.stdout)
    assert f"excused {PAGE}:20: starts a server" in done.stdout
    assert f"{PAGE}:24: the script ends with exit code 1" in done.stdout


@pytest.mark.parametrize(("rendered", "code"), [(1, 0), (2, 1)])
def test_run_of_everything_fails_when_the_site_shows_more_code_than_ran(
    tiny_course, rendered, code
):
    counts = {"rendered": rendered}
    told = f"def test_census(record_property):\n    record_property('course', {counts})\n"
    tiny_course.write("tests/test_census.py", told)
    tiny_course.targets = []
    done = tiny_course.pytest()
    assert done.returncode == code
    assert ("1 blocks of the built site did not run" in done.stdout) == bool(code)
