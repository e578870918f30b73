"""Each broken rule of pages is named on its line, and one bad line hides nothing else."""

import pytest

from dlcourse_site.pages import Course

PAGE = "docs/neuron/index.md"
INCLUDE = '--8<-- "neuron/forward.py"'
TITLE = '```python title="snippets/neuron/forward.py"'


def problems(course, text: str) -> list[str]:
    """Return what is wrong with a page of this text that stands in a folder of its own."""
    path = course.root / "docs" / "page" / "index.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    blocks = Course(course.root).read(path)
    return [f"{block.line}: {block.note}" for block in blocks if block.kind == "problem"]


def test_page_is_read_in_order_with_places(tiny_course):
    course = Course(tiny_course.root)
    blocks = course.read(tiny_course.root / PAGE)
    assert [(block.kind, course.at(block)) for block in blocks] == [
        ("number", f"{PAGE}:7"),
        ("python", f"{PAGE}:9"),
        ("output", f"{PAGE}:15"),
    ]
    assert blocks[1].text == tiny_course.read("snippets/neuron/forward.py")


BAD = {
    "other language": ("```py\n1\n```", "1: nothing runs '```py'"),
    "no language": ("```\n1\n```", "1: nothing runs '```'"),
    "console": ("```pycon\n>>> 1\n```", "1: nothing runs"),
    "attribute": ('```python title="x.py" hl_lines="1"\n1\n```', "1: nothing runs"),
    "tildes": ("~~~python\n1\n~~~", "1: nothing runs"),
    "braces": ("``` { .python }\n1\n```", "1: nothing runs"),
    "never closed": ("```bash\nls", "1: nothing runs"),
    "quoted": ("> ```python\n> 1\n> ```", "1: a fence opens and closes on lines of its own"),
    "inline Python": ("```python\n1\n```", "1: Python on the page itself does not run"),
    "wrong title": (
        f'```python title="x.py"\n{INCLUDE}\n```',
        "1: the fence includes snippets/neuron/forward.py",
    ),
    "no title": (f"```python\n{INCLUDE}\n```", "1: the fence includes snippets/neuron/forward.py"),
    "two files": (f"```python\n{INCLUDE}\n{INCLUDE}\n```", "1: the fence must hold the whole of"),
    "a line more": (
        f"```python\n{INCLUDE}\nx = 1\n```",
        "1: Python on the page itself does not run",
    ),
    "part of a file": (
        '```python\n--8<-- "neuron/forward.py:1:3"\n```',
        "1: the fence must hold the whole of",
    ),
    "escaped include": (f"```python\n;{INCLUDE}\n```", "1: Python on the page itself does not run"),
    "unquoted include": (
        "```python\n--8<-- neuron/forward.py\n```",
        "1: Python on the page itself",
    ),
    "missing file": (
        '```python\n--8<-- "neuron/none.py"\n```',
        "1: snippets/neuron/none.py does not exist",
    ),
    "file outside": (
        '```python\n--8<-- "../docs/index.md"\n```',
        "1: Python on the page itself does not run",
    ),
    "text by hand": ("```text\n0.5\n```", "1: nothing checks this text"),
    "excused text without reason": (
        "<!--not code: -->\n```text\n0.5\n```",
        "2: nothing checks this text",
    ),
    "indented": ("Text.\n\n    x = 1", "3: code outside a fence"),
    "raw HTML": ("Text.\n\n<pre><code>x = 1</code></pre>", "3: code outside a fence"),
    "skip without reason": (
        "<!--pytest.mark.skip-->\n```bash\nls\n```",
        "2: pytest.mark.skip: only bash",
    ),
    "empty reason": ('<!--pytest.mark.skip(reason="")-->\n```bash\nls\n```', "2: pytest.mark.skip"),
    "skipped Python": (
        f'<!--pytest.mark.skip(reason="slow")-->\n{TITLE}\n{INCLUDE}\n```',
        "2: pytest.mark.skip",
    ),
    "skipif": (
        '<!--pytest.mark.skipif(True, reason="x")-->\n```bash\nls\n```',
        "2: pytest.mark.skipif",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_broken_rule_is_named_on_its_line(tiny_course, name):
    text, start = BAD[name]
    found = problems(tiny_course, text + "\n")
    assert found
    assert found[0].startswith(start)


def test_one_bad_line_hides_nothing_else(tiny_course):
    tiny_course.edit(PAGE, "# The neuron", "```py\n1\n```\n\n# The neuron\n\n    x = 1")
    blocks = Course(tiny_course.root).read(tiny_course.root / PAGE)
    assert sorted(block.kind for block in blocks) == [
        "number",
        "output",
        "problem",
        "problem",
        "python",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```bash\nls\n```",
        '<!--pytest.mark.skip(reason="starts a server")-->\n```bash\nmake serve\n```',
        "<!--not code: the shape of a file-->\n```text\nepoch,loss\n```",
        f'=== "Tab"\n\n    - item\n\n        {TITLE}\n        {INCLUDE}\n        ```',
        "[a page](../index.md), [a place](#here), [elsewhere](https://example.org/a.md), `x = 1`",
    ],
)
def test_what_keeps_the_rules_is_accepted(tiny_course, text):
    assert problems(tiny_course, text + "\n") == []


def test_fence_in_an_included_text_is_found_with_its_own_place(tiny_course):
    tiny_course.write("snippets/neuron/task.md", "Do this:\n\n```py\n1\n```\n")
    tiny_course.write("docs/page.md", 'Text.\n\n--8<-- "neuron/task.md"\n')
    course = Course(tiny_course.root)
    block = course.read(tiny_course.root / "docs/page.md")[0]
    assert (block.kind, course.at(block)) == ("problem", "snippets/neuron/task.md:3")


STARTER = "src/dlcourse/exercises/neuron/weighted_sum/starter.py"


def test_exercise_is_shown_and_does_not_run(tiny_course):
    tiny_course.write(STARTER, "raise NotImplementedError  # TODO\n")
    include = '--8<-- "neuron/weighted_sum/starter.py"'
    page = f'# Page\n\n```python title="{STARTER}"\n{include}\n```\n'
    tiny_course.write("docs/neuron/index.md", page)
    (block,) = Course(tiny_course.root).read(tiny_course.root / PAGE)
    assert (block.kind, block.source) == ("text", tiny_course.root / STARTER)
    assert "TODO" in block.text
    done = tiny_course.pytest("-q", "docs/neuron/index.md")
    assert "NotImplementedError" not in done.stdout


@pytest.mark.parametrize(
    ("title", "lines", "reason"),
    [
        ("x.py", "", f"the fence includes {STARTER}: give it that"),
        (STARTER, "x = 1\n", "Python on the page itself does not run"),
    ],
)
def test_exercise_keeps_the_rules_of_a_snippet(tiny_course, title, lines, reason):
    tiny_course.write(STARTER, "bias = 0  # TODO\n")
    include = '--8<-- "neuron/weighted_sum/starter.py"'
    (problem,) = problems(tiny_course, f'```python title="{title}"\n{include}\n{lines}```\n')
    assert problem.startswith(f"1: {reason}")


def test_a_line_that_shows_an_unknown_exercise_is_a_problem(tiny_course):
    (problem,) = problems(tiny_course, "# Page\n\n::: exercise neuron/unknown\n")
    assert problem.startswith("3: there is no exercise 'neuron/unknown'")


def test_the_programs_of_a_quiz_run_and_have_the_place_of_its_line(tiny_course):
    quiz = (
        '[[question]]\nid = "a"\nprogram = "neuron/forward"\ntext = "A"\nright = 1\n'
        '[[question.choices]]\ntext = "B"\nexplanation = "C"\n'
    )
    tiny_course.write("src/dlcourse/exercises/neuron/quiz.toml", quiz)
    tiny_course.write(PAGE, "# Page\n\n::: quiz neuron\n")
    blocks = Course(tiny_course.root).read(tiny_course.root / PAGE)
    assert [(block.kind, block.line) for block in blocks] == [("python", 3), ("output", 3)]
    tiny_course.edit("snippets/neuron/forward.out", "0.646", "0.746")
    difference = "docs/neuron/index.md:3: snippets/neuron/forward.py prints other"
    assert difference in tiny_course.pytest("-q").stdout
