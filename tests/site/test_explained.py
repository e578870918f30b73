"""No name of PyTorch, of dlcourse and no idiom of Python is used before it is explained."""

import re

import pytest
from explained import (
    CODE,
    EXPLAINS,
    ROOT,
    Use,
    fault_of,
    find_faults,
    first_uses,
    load_table,
    names_in,
    nav_pages,
    read_course,
    read_page,
)

from dlcourse_site.pages import Course

PAGE = """# A page

## Softmax {{ #softmax }}

{before}

```python title="snippets/neuron/forward.py"
--8<-- "neuron/forward.py"
```

{after}
"""
SOURCE = '"""A network."""\n\nimport torch\n\nprint(torch.zeros(3).softmax(dim=0))\n'


@pytest.fixture(scope="module")
def pages():
    return read_course()


def test_every_name_is_explained_before_it_is_used(pages):
    faults = find_faults(pages, load_table())
    assert not faults, "\n".join(faults)


def test_the_table_is_sorted_and_names_only_what_is_used(pages):
    table = load_table()
    assert list(table) == sorted(table)
    assert sorted(table) == sorted(first_uses(pages))


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import torch\ntorch.zeros(3)", ["torch.zeros"]),
        ("from torch import nn\nnn.Linear(2, 1)", ["nn.Linear"]),
        ("import torch.nn.functional as F\nF.relu(x)", ["F.relu"]),
        ("import torch\ntorch.optim.SGD(w, lr=1)", ["torch.optim.SGD", "lr="]),
        ("x.argmax(dim=1)", [".argmax", "dim="]),
        ("name.split()", []),  # strings have it, too
        ("from dlcourse.data.digits import load_digits\nload_digits()", ["load_digits"]),
        ("import math\nmath.exp(1)", []),
        ("x @ y", ["@"]),
        ("[a for a in b]", ["comprehension"]),
        ("1 if a else 2", ["conditional expression"]),
        ("zip(a, b)", ["zip"]),
        ("a[1:]", ["slice"]),
        ("f'{a:.3f}'", ["format"]),
        ("f'{a}'", []),
        ("class A:\n    pass", []),
        ("class A(B):\n    pass", ["class"]),
        ("def mean(a):\n    pass\nself.mean(a)", []),  # a method of its own
    ],
)
def test_which_names_are_watched(code, names):
    assert sorted(name for name, _ in names_in(code)) == sorted(names)


@pytest.fixture
def softmax_fault(tiny_course):
    """Return what is said of `.softmax` on a page with a text before and after its block."""

    def softmax_fault(before: str, after: str = "", code: str = SOURCE, place: str = "softmax"):
        tiny_course.write("snippets/neuron/forward.py", code)
        tiny_course.write("docs/neuron/index.md", PAGE.format(before=before, after=after))
        page = read_page(tiny_course.root / "docs/neuron/index.md", Course(tiny_course.root))
        use = first_uses([page])[".softmax"]
        return fault_of(use, f"docs/neuron/index.md#{place}", [page])

    return softmax_fault


def test_a_sentence_before_the_block_or_a_comment_in_it_explains(softmax_fault):
    assert softmax_fault("`softmax` turns scores into probabilities.") is None
    assert softmax_fault("", code=SOURCE + "# softmax: probabilities\n") is None


def test_a_name_explained_too_late_or_nowhere_is_named_with_file_and_line(softmax_fault):
    late = softmax_fault("A softmax.", after="`softmax` turns scores into probabilities.")
    assert late is not None
    assert late.startswith("snippets/neuron/forward.py:5: .softmax: docs/neuron/index.md#softmax")
    lost = softmax_fault("`softmax` turns scores into probabilities.", place="nowhere")
    assert lost is not None
    assert "there is no such heading" in lost


def test_a_page_that_comes_before_the_explanations_is_named_with_its_lines(pages):
    table = load_table()
    explaining = [page for page in pages if page.name.startswith(EXPLAINS)]
    others = [page for page in pages if page not in explaining]
    faults = find_faults([others[0], *explaining, *others[1:]], table)
    expected = []
    for name, use in first_uses([others[0]]).items():
        if table[name].startswith(EXPLAINS):
            expected.append(f"{use}: used before it is explained, in {table[name]}")
    assert len(expected) > 10
    assert faults == expected


def test_a_name_that_the_table_does_not_have_is_named():
    use = Use("nn.Bilinear", "docs/a/index.md", 3, "snippets/a/b.py", 7)
    fault = fault_of(use, None, [])
    assert fault is not None
    assert fault.startswith("snippets/a/b.py:7: nn.Bilinear: explain it before")


def test_the_pages_are_walked_in_the_order_of_the_nav():
    names = [path.parent.name for path in nav_pages(ROOT)]
    assert names.index("overview") < names.index("neuron") < names.index("training")


def test_the_names_at_a_glance_are_used(pages):
    used = {use.name.strip(".=") for page in pages for use in page.uses}
    text = (ROOT / "docs" / "code" / "names.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    names = [name.strip(".=") for row in rows for name in CODE.findall(row)]
    names = [name for name in names if re.fullmatch(r"[\w.]+", name)]
    assert len(names) > 100
    whole = (
        "torch.linalg",
        "nn.utils",
        "nn.init",
        "torch.utils.flop_counter",
    )  # modules, used by their functions
    assert [name for name in names if name not in used and name not in whole] == []
