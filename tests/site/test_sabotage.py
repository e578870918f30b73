"""Each way to make a page say what is not so turns the checks red, with the place and what is wrong."""

import pytest

PAGE, SNIPPET = "docs/neuron/index.md", "snippets/neuron/forward.py"
FENCE = '```python title="snippets/neuron/forward.py"'
CODE = "print('hello')\n"
UNRUN = "the fences that are checked are"

# what is done: the file, what is replaced (nothing: the end), by what; the place and the words of the failure
SABOTAGES = {
    "wrong number in an output": (
        "snippets/neuron/forward.out",
        "0.646",
        "0.656",
        f"{PAGE}:15",
        "+y = 0.646",
    ),
    "renamed function of the package": (
        "src/dlcourse/scratch/value.py",
        "def sigmoid",
        "def logistic",
        f"{PAGE}:9: {SNIPPET}:6: AttributeError",
        "y = (Value(weight) * 0.75).sigmoid()",
    ),
    "changed constant": (SNIPPET, "weight = 0.8", "weight = 0.9", f"{PAGE}:15", "+y = 0.663"),
    "deleted snippet": (SNIPPET, None, None, f"{PAGE}:9", f"{SNIPPET} does not exist"),
    "py fence": (PAGE, "", f"\n```py\n{CODE}```\n", f"{PAGE}:19: nothing runs '```py'", UNRUN),
    "tilde fence": (PAGE, "", f"\n~~~python\n{CODE}~~~\n", f"{PAGE}:19: nothing runs '~~~python'", UNRUN),
    "brace fence": (PAGE, "", f"\n``` {{ .python }}\n{CODE}```\n", f"{PAGE}:19: nothing runs", UNRUN),
    "title on inline code": (
        PAGE,
        "",
        f'\n```python title="x.py"\n{CODE}```\n',
        f"{PAGE}:19",
        "does not run",
    ),
    "title of another file": (
        PAGE,
        FENCE,
        FENCE.replace("forward", "back"),
        f"{PAGE}:9",
        f"includes {SNIPPET}",
    ),
    "indented code": (
        PAGE,
        "",
        f"\nText.\n\n    {CODE}",
        f"{PAGE}:21: code outside a fence",
        "include a snippet",
    ),
    "broken link": (PAGE, "../index.md", "../home.md", f"{PAGE}:7", "../home.md, where no page is"),
    "exception in the lab": (
        "docs/neuron/lab.py",
        "print(sum(numbers))",
        "print(sum(number))",
        "docs/neuron/lab.py:6: NameError",
        "print(sum(number))",
    ),
}


def test_nothing_is_red_without_sabotage(tiny_course):
    done = tiny_course.pytest()
    assert done.returncode == 0, done.stdout
    counted = (
        "checked: 1 Python blocks, 0 bash blocks (0 more excused), 1 labs, 1 outputs, 0 figures, 1 numbers"
    )
    assert counted in done.stdout


@pytest.mark.parametrize("name", SABOTAGES)
def test_sabotage_is_found(tiny_course, name):
    file, old, new, place, words = SABOTAGES[name]
    if new is None:
        (tiny_course.root / file).unlink()
    elif old:
        tiny_course.edit(file, old, new)
    else:
        tiny_course.write(file, tiny_course.read(file) + new)
    done = tiny_course.pytest()
    assert done.returncode == 1, done.stdout + done.stderr
    failures = done.stdout.split("= FAILURES =")[1]
    assert place in failures
    assert words in failures
