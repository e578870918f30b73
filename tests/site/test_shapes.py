"""A shape comment of a snippet is compared with the shape that its line has when it runs."""

import textwrap

import pytest

from dlcourse_site.snippets import run_python

FUNCTION = '''
def double(x):
    """Return twice x."""
    x = x + x  # (rows, columns)
    return x  # (rows, columns)

double(torch.zeros(2, 3))
double(torch.zeros(4, 5))
'''
RIGHT = {
    "number": ("x = torch.zeros(2, 3)  # (2, 3)", 1),
    "one axis": ("x = torch.zeros(3)  # (3,)", 1),
    "no axis": ("x = torch.zeros(())  # ()", 1),
    "words behind": (
        "x = torch.zeros(2, 3)  # (2, 3): a row each\ny = x  # (2, 3), from 0 to 1",
        2,
    ),
    "words before": ("x = torch.ones(2, 3) @ torch.ones(3, 4)  # (2, 3) @ (3, 4) is (2, 4)", 1),
    "arrow": ("x = torch.zeros(2, 3).T  # (2, 3) -> (3, 2)", 1),
    "name": ("x = torch.zeros(2, 3)  # (batch, 3)\ny = x.sum(1)  # (batch,)", 2),
    "several": ("x, y = torch.zeros(2, 3), torch.zeros(4)  # (2, 3), (4,)", 1),
    "several lines": ("x = torch.zeros(\n    2, 3\n)  # (2, 3)", 1),
    "array": ("import numpy as np\nx = np.zeros((2, 3))  # (2, 3)", 1),
    "shape": ("x = tuple(torch.zeros(2, 3).shape)  # (2, 3)", 1),
    "print": ("print('x', torch.zeros(2, 3))  # (2, 3)", 1),
    "in place": ("x = torch.zeros(2, 3)\nx.copy_(torch.ones(2, 3))  # (2, 3)", 1),
    "annotated": ("x: torch.Tensor = torch.zeros(2, 3)  # (2, 3)", 1),
    "each call has its own sizes": (FUNCTION, 2),
    "other comments": ("x = [1, 2]  # two (small) numbers\n# (2, 3)\ny = 1  # by (row, column)", 0),
}
WRONG = {
    "number": (
        "x = torch.zeros(2, 3)  # (2, 4)",
        "2: the comment says (2, 4), the shape is (2, 3)",
    ),
    "axes": ("x = torch.zeros(2, 3)  # (2,)", "2: the comment says (2,), the shape is (2, 3)"),
    "name": (
        "x = torch.zeros(2, 3)  # (batch, 3)\ny = x.sum(0)  # (batch,)",
        "3: the comment says (batch,), the shape is (3,), batch is 2",
    ),
    "name twice": (
        "x = torch.zeros(2, 3)  # (n, n)",
        "2: the comment says (n, n), the shape is (2, 3), n is 2",
    ),
    "second of two": (
        "x, y = torch.zeros(2), torch.zeros(4)  # (2,), (3,)",
        "2: the comment says (3,), the shape is (4,)",
    ),
    "more than there are": (
        "x = torch.zeros(2)  # (2,), (3,)",
        "2: (2,) is said of what has no shape",
    ),
    "no shape": ("x = [1, 2]  # (2,)", "2: (2,) is said of what has no shape: [1, 2]"),
    "not run": (
        "if False:\n    x = torch.zeros(2)  # (2,)",
        "3: nothing that ran stands before (2,)",
    ),
    "not a value": (
        "for x in torch.zeros(2, 3):  # (3,)\n    pass",
        "2: nothing that ran stands before (3,)",
    ),
    "within": ("x = {  # (row, column)\n}", "2: nothing that ran stands before (row, column)"),
    "in a function": (
        FUNCTION.replace("return x", "return x.T"),
        "6: the comment says (rows, columns), the shape is (3, 2)",
    ),
    "second call": (
        FUNCTION.replace("(rows, c", "(2, c", 1),
        "5: the comment says (2, columns), the shape is (4, 5)",
    ),
    "swallowed by the snippet": (
        "try:\n    x = [1]  # (2,)\nexcept BaseException:\n    pass",
        "3: (2,) is said",
    ),
}


@pytest.fixture
def run(tmp_path):
    def run_source(source: str):
        path = tmp_path / "snippets" / "try" / "idea.py"
        path.parent.mkdir(parents=True)
        path.write_text("import torch\n" + textwrap.dedent(source) + "\n", "utf-8")
        return run_python(path, tmp_path, 20)

    return run_source


@pytest.mark.parametrize("name", RIGHT)
def test_right_comment_is_counted(run, name):
    source, num_shapes = RIGHT[name]
    done = run(source)
    assert (done.problems, done.num_shapes) == ([], num_shapes)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_comment_is_named_with_its_line(run, name):
    source, problem = WRONG[name]
    done = run(source)
    assert done.problems[0].startswith(f"snippets/try/idea.py:{problem}")


def test_source_and_lines_stay_as_they_are(run):
    source = """
        import inspect

        def double(x):
            return x + x  # (2, 3)

        double(torch.zeros(2, 3))
        print(inspect.getsource(double).splitlines()[1].strip())
        double(None)
    """
    done = run(source)
    assert done.printed == "return x + x  # (2, 3)\n"
    assert done.problems[0].startswith("snippets/try/idea.py:6: TypeError")
