"""Ways to make a page say what is not so, and what the checks must say of each.

Each is done to a chapter of its own.
"""

from typing import NamedTuple

ALL = "all of the file"
PAGE = "docs/neuron/index.md"
LAB = "docs/neuron/lab.py"
FORWARD = "snippets/neuron/forward.py"
OUT = "snippets/neuron/forward.out"
LINE = "snippets/neuron/line.py"
SVG = "snippets/neuron/line.svg"

TEXT = """\
---
title: The neuron
---

# The neuron

A neuron says 0.646<!--= forward.y.data:.3f -->. See [home](../index.md).

```python title="snippets/neuron/forward.py"
--8<-- "neuron/forward.py"
```

??? question "What will it print?"

    ```text title="Output"
    --8<-- "neuron/forward.out"
    ```
"""

CHAPTER = {  # in which all is well; the figure is drawn by the tests
    PAGE: f"""{TEXT}
![A line that rises](snippets/neuron/line.svg)

```python title="snippets/neuron/line.py"
--8<-- "neuron/line.py"
```
""",
    FORWARD: '''\
"""One neuron with one input, and some noise."""

import random

from dlcourse.scratch.value import Value

random.seed(0)
weight = 0.8
y = (Value(weight) * 0.75).sigmoid()

print(f"y = {y.data:.3f}, noise = {random.random():.3f}")
''',
    # 1 / (1 + exp(-0.6)), and what Python draws first after seed 0
    OUT: "y = 0.646, noise = 0.844\n",
    LINE: """\
import random

import matplotlib.pyplot as plt

random.seed(0)  # for the next snippet that sets none
plt.plot([1, 2, 3])
plt.show()
""",
    LAB: """\
# %% [markdown]
# # A lab

# %%
numbers = [1, 2, 3]
print(sum(numbers))
""",
}
FENCE = '```python title="snippets/neuron/forward.py"'
INCLUDE = '--8<-- "neuron/forward.py"'
IMAGE = 19  # the line of the figure
DRAWN = 21  # the line of the fence below it
END = 23  # the last line of the page
UNRUN = "checked are ```python"
UNHELD = "binds no number"
OUTSIDE = "include a snippet in a fence"
PRINTED = 'print(f"y = {y.data:.3f}, noise = {random.random():.3f}")'


class Sabotage(NamedTuple):
    """A file of the chapter, what is replaced there by what, and the failure's place and words."""

    file: str
    old: str  # empty: the new text is added to the file
    new: str | None  # None: the file is deleted
    place: str
    words: str

    def of(self, chapter: str) -> "Sabotage":
        """Return the same for another chapter than `neuron`."""
        return Sabotage(*(part and part.replace("neuron", chapter) for part in self))


def added(text: str, line: int, words: str) -> Sabotage:
    """Add text to the end of the page; its line is found, counted from the first that is added."""
    return Sabotage(PAGE, "", f"\n{text}\n", f"{PAGE}:{END + 1 + line}", words)


def coded(line: str, words: str) -> Sabotage:
    """Add a line to the snippet; it is the twelfth."""
    return Sabotage(FORWARD, "", f"{line}\n", f"{PAGE}:9: {FORWARD}:12: ", words)


def left(line: str, words: str) -> Sabotage:
    """Add a line that leaves something changed."""
    return Sabotage(
        FORWARD, "", f"{line}\n", f"{PAGE}:9: {FORWARD} leaves {words}", "a surprise for the next"
    )


SABOTAGES = {
    # outputs
    "wrong number in an output": Sabotage(OUT, "0.646", "0.656", f"{PAGE}:15", "+y = 0.646"),
    "text of an output changed": Sabotage(OUT, "y =", "z =", f"{PAGE}:15", "-z = 0.646"),
    "line missing in an output": Sabotage(FORWARD, "", "print(7)\n", f"{PAGE}:15", "+7"),
    "blanks changed in an output": Sabotage(OUT, "y =", "y  =", f"{PAGE}:15", "+y = 0.646"),
    "recorded output deleted": Sabotage(
        OUT, ALL, None, f"{PAGE}:15", "there is no forward.out yet"
    ),
    "output not shown": Sabotage(
        PAGE, '--8<-- "neuron/forward.out"', "", f"{PAGE}:9", "the page does not show"
    ),
    "output typed by hand": Sabotage(
        PAGE,
        '--8<-- "neuron/forward.out"',
        "y = 0.646, noise = 0.844",
        f"{PAGE}:15",
        "nothing checks this text",
    ),
    "output of a snippet that prints nothing": Sabotage(
        FORWARD, PRINTED, "", f"{PAGE}:15", "prints nothing"
    ),
    # what the code does
    "learning rate changed": Sabotage(
        FORWARD, "weight = 0.8", "weight = 0.9", f"{PAGE}:15", "+y = 0.663"
    ),
    "function of the package misnamed": Sabotage(
        FORWARD,
        "sigmoid()",
        "sigmoidd()",
        f"{PAGE}:9: {FORWARD}:9: AttributeError",
        "y = (Value(weight)",
    ),
    "snippet deleted": Sabotage(FORWARD, ALL, None, f"{PAGE}:9", f"{FORWARD} does not exist"),
    "snippet renamed": Sabotage(
        PAGE, "neuron/forward.py", "neuron/front.py", f"{PAGE}:9", "does not exist"
    ),
    "seed removed": Sabotage(FORWARD, "random.seed(0)", "", f"{PAGE}:15", "prints other (+)"),
    "failing assert": coded("assert y.data > 1", "AssertionError"),
    "syntax error": coded("y = (1", "SyntaxError"),
    "missing module": coded("import no_such_module", "ModuleNotFoundError"),
    "wrong shape comment": Sabotage(
        FORWARD,
        "",
        "import torch; x = torch.zeros(2, 3)  # (2, 4)\n",
        f"{PAGE}:9: {FORWARD}:12",
        "the comment says (2, 4), the shape is (2, 3)",
    ),
    "warning": coded("import warnings; warnings.warn('old')", "UserWarning: old"),
    "sys.exit": coded("import sys; sys.exit()", "ends a reader's session"),
    "endless loop": coded("while True: pass", "is the loop endless?"),
    "endless loop that catches all": Sabotage(
        FORWARD,
        PRINTED,
        "while True:\n    try:\n        1\n    except Exception:\n        2\n",
        f"{PAGE}:9: {FORWARD}:",
        "is the loop endless?",
    ),
    "snippet writes into the project": coded(
        "import dlcourse; open(dlcourse.__file__.replace('__init__', 'left'), 'w')",
        "into the project",
    ),
    "snippet deletes a file of the project": coded(
        "import dlcourse, os; os.remove(dlcourse.__file__.replace('__init__', 'draw'))",
        "into the project",
    ),
    "snippet goes online": coded(
        "import urllib.request as u; u.urlopen('https://example.org')",
        "asks the network for example.org",
    ),
    "default dtype left changed": left(
        "import torch; torch.set_default_dtype(torch.float64)", "torch's default dtype"
    ),
    "gradient mode left changed": left(
        "import torch; torch.set_grad_enabled(False)", "torch's gradient mode"
    ),
    "number of threads left changed": left(
        "import torch; torch.set_num_threads(3)", "torch's number of threads"
    ),
    "plot style left changed": left(
        "import matplotlib as m; m.rcParams['font.size'] = 99", "matplotlib's rcParams"
    ),
    "current folder left changed": left("import os; os.chdir('/')", "the current folder"),
    "environment left changed": left("import os; os.environ['LEFT'] = 'x'", "os.environ"),
    "warnings left ignored": left(
        "import warnings; warnings.simplefilter('ignore')", "warnings.filters"
    ),
    # numbers in prose
    "wrong bound number": Sabotage(
        PAGE, "0.646<!--", "0.656<!--", f"{PAGE}:7", "the page says 0.656, but"
    ),
    "bound number with other digits": Sabotage(
        PAGE, "0.646<!--", "0.65<!--", f"{PAGE}:7", "the page says 0.65, but"
    ),
    "constant bound": Sabotage(PAGE, "forward.y.data:.3f", "0.646", f"{PAGE}:7", UNHELD),
    "expression of constants bound": Sabotage(
        PAGE, "forward.y.data:.3f", "0.6 + 0.046", f"{PAGE}:7", UNHELD
    ),
    "call bound": Sabotage(PAGE, "forward.y.data", "float(forward.y)", f"{PAGE}:7", UNHELD),
    "word bound": Sabotage(PAGE, "0.646<!--", "much<!--", f"{PAGE}:7", UNHELD),
    "unknown name bound": Sabotage(
        PAGE, "forward.y.data", "forward.loss", f"{PAGE}:7", "forward.loss has no value"
    ),
    "number of another page bound": Sabotage(
        PAGE, "forward.y", "loss.y", f"{PAGE}:7", "loss is not on this page"
    ),
    # figures
    "figure stale by data": Sabotage(
        LINE, "3]", "4]", f"{PAGE}:{IMAGE}", "draws other (+) than line.svg"
    ),
    "SVG edited by hand": Sabotage(
        SVG, '<rect x="', '<rect x="9', f"{PAGE}:{IMAGE}", "draws other"
    ),
    "figure deleted": Sabotage(SVG, ALL, None, f"{PAGE}:{IMAGE}", "there is no line.svg yet"),
    "figure not on the page": Sabotage(
        PAGE,
        "![A line that rises](snippets/neuron/line.svg)",
        "",
        f"{PAGE}:{DRAWN}",
        "the page does not show",
    ),
    "figure without its code": Sabotage(
        PAGE,
        '\n```python title="snippets/neuron/line.py"\n--8<-- "neuron/line.py"\n```\n',
        "",
        f"{PAGE}:{IMAGE}",
        "line.py is not on this page",
    ),
    "figure that no reader sees": Sabotage(
        LINE, "plt.show()", "", f"{PAGE}:{DRAWN}", "end it with plt.show()"
    ),
    "figure that is not drawn": Sabotage(
        LINE, "plt.plot", "# ", f"{PAGE}:{IMAGE}", "draws 0 figures"
    ),
    # code that would not run
    "py fence": added("```py\n1\n```", 1, UNRUN),
    "tilde fence": added("~~~python\n1\n~~~", 1, UNRUN),
    "brace fence": added("``` { .python }\n1\n```", 1, UNRUN),
    "console fence": added("```console\n$ ls\n```", 1, UNRUN),
    "bare fence": added("```\n1\n```", 1, UNRUN),
    "fence that is never closed": added("```bash\nls", 1, UNRUN),
    "attribute on a fence": added('```python title="x.py" hl_lines="1"\n1\n```', 1, UNRUN),
    "indented code": added("Text.\n\n    print(1)", 3, OUTSIDE),
    "raw pre": added("Text.\n\n<pre><code>print(1)</code></pre>", 3, OUTSIDE),
    "Python on the page": added('```python title="x.py"\nprint(1)\n```', 1, "does not run"),
    "title of another file": Sabotage(
        PAGE, FENCE, FENCE.replace("forward", "back"), f"{PAGE}:9", f"includes {FORWARD}"
    ),
    "no title": Sabotage(PAGE, FENCE, "```python", f"{PAGE}:9", f"includes {FORWARD}"),
    "part of a snippet": Sabotage(
        PAGE, INCLUDE, INCLUDE.replace(".py", ".py:1:3"), f"{PAGE}:9", "must hold the whole of"
    ),
    "line beside the include": Sabotage(
        PAGE, INCLUDE, f"{INCLUDE}\nprint(1)", f"{PAGE}:9", "does not run"
    ),
    "include without quotes": Sabotage(
        PAGE, INCLUDE, INCLUDE.replace('"', ""), f"{PAGE}:9", "does not run"
    ),
    "include outside a fence": added(
        "--8<-- neuron/forward.py", 1, "an include stands on one line"
    ),
    "missing include": added(
        '```text title="Output"\n--8<-- "neuron/none.txt"\n```', 1, "does not exist"
    ),
    "skip without reason": added(
        "<!--pytest.mark.skip-->\n```bash\nls\n```", 2, "pytest.mark.skip: only bash"
    ),
    "skip with an empty reason": added(
        '<!--pytest.mark.skip(reason="")-->\n```bash\nls\n```', 2, "only bash"
    ),
    "skipped snippet": Sabotage(
        PAGE,
        FENCE,
        f'<!--pytest.mark.skip(reason="slow")-->\n{FENCE}',
        f"{PAGE}:10",
        "only bash is excused",
    ),
    "text excused without reason": added(
        "<!--not code: -->\n```text\n1\n```", 2, "nothing checks this text"
    ),
    "failing command": added("```bash\nls no-such-file\n```", 1, "the script ends with exit code"),
    "block hidden in a fold": added('??? note "More"\n\n    ```py\n    1\n    ```', 3, UNRUN),
    "block hidden in a tab": added('=== "Tab"\n\n    ```pycon\n    >>> 1\n    ```', 3, UNRUN),
    "block hidden in a list": added("- item\n\n    ``` { .python }\n    1\n    ```", 3, UNRUN),
    "block hidden in a quote": added(
        "> ```python\n> 1\n> ```", 1, "lines of its own, not in a quote"
    ),
    "exception in the lab": Sabotage(
        LAB, "sum(numbers)", "sum(number)", f"{LAB}:6: NameError", "print(sum(number))"
    ),
}
