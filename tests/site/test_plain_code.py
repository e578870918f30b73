"""The project's code stays plain and small: within the limits of plain_code.py, which can fail."""

import dataclasses

import pytest
from plain_code import (
    AREAS,
    LONGEST_FILE,
    LONGEST_FUNCTION,
    Area,
    Measures,
    area_faults,
    figures,
    measure,
    measure_areas,
    read_area,
    walrus_faults,
)


def measure_one(source: str) -> Measures:
    return measure({"sample.py": source})


@pytest.mark.parametrize(
    ("source", "tokens", "lines"),
    [
        ("x = 1\n", 3, 1),  # a name, an operator, a number
        ("x = 1  # why\n\n# a comment\n", 3, 1),
        ('"""A module."""\n\nx = "text"\n', 3, 1),
        ('def double(x):\n    """Return\n    twice x."""\n    return 2 * x\n', 10, 2),
        ('class Empty:\n    """Has nothing."""\n', 3, 1),
        ('f"{x + 1} and {y!r:>{width}}"\n', 1, 1),
        ("text = f\"{a['key']}\"\n", 3, 1),
        ('x = f"""{a}\n{b}\n"""\n', 3, 3),
        ('x = """one\ntwo"""\n', 3, 2),
        ('print(f"{f(1)}", f"{2}")\n', 6, 1),
        ("x = [\n    1,\n    2,\n]\n", 8, 4),
        ("if x:\n    pass\n", 4, 2),
        ("", 0, 0),
    ],
)
def test_code_tokens_and_their_lines_are_counted(source, tokens, lines):
    measures = measure_one(source)
    assert (measures.tokens, measures.lines) == (tokens, lines)


def test_packing_lines_saves_no_token():
    packed = measure_one("a, b = 1, []\n")
    plain = measure_one("a = 1\nb = []\n")
    assert (packed.tokens, packed.tokens_a_line) == (8, 8)
    assert (plain.tokens, plain.tokens_a_line) == (7, 3.5)


@pytest.mark.parametrize(
    "assignment",
    [
        "a, b = 1, 2",  # constants
        "names, total = [], 0",
        "a, b = x, f(x)",
        "a, b = f(x), g(x)",  # other functions
        "a, b = self.weights, self.bias",  # other attributes
        "(a, b), c = pair, 1",
    ],
)
def test_values_that_do_not_belong_together_are_packed(assignment):
    assert len(measure_one(assignment).packed) == 1


@pytest.mark.parametrize(
    "assignment",
    [
        "a, b = b, a",  # a swap
        "a, b = pair",
        "a, b = f(x)",
        "a, b = f(x), f(y)",  # the same for each
        "a, b = x[0], y[1]",
        "old, new = first.weights, second.weights",
        "pair = 1, 2",
        "a = b = 1",
    ],
)
def test_values_that_belong_together_are_not_packed(assignment):
    measures = measure_one(assignment)
    assert measures.assignments == 1
    assert measures.packed == []


def test_share_of_packed_assignments():
    measures = measure_one("a = 1\nb = 2\nc = 3\nd, e = 4, []\n")
    assert (measures.assignments, measures.packed_share) == (4, 0.25)
    assert measures.packed == ["sample.py:4: d, e = (4, [])"]


def test_walrus_operators_are_counted_with_their_places():
    measures = measure_one("\nwhile chunk := read():\n    print(n := len(chunk))\n")
    assert measures.walrus == ["sample.py:2: (chunk := read())", "sample.py:3: (n := len(chunk))"]


def function_of(num_lines: int) -> str:
    return "def long():\n" + "    pass\n" * (num_lines - 1)


@pytest.mark.parametrize("kind", ["", "async "])
def test_a_function_over_the_limit_is_named_with_its_line(kind):
    fits = "@decorated\n" + kind + function_of(LONGEST_FUNCTION)
    assert measure_one(fits).long_functions == []
    too_long = "\n" + kind + function_of(LONGEST_FUNCTION + 1)
    assert measure_one(too_long).long_functions == ["sample.py:2: long, 51 lines"]


def test_a_file_over_the_limit_is_named():
    assert measure_one("# why\n" * LONGEST_FILE).long_files == []
    assert measure_one("\n" * (LONGEST_FILE + 1)).long_files == ["sample.py:1: 401 lines"]


def test_files_are_added_up():
    measures = measure({"one.py": "a, b = 1, []\n", "two.py": "\nx = y = 1\n"})
    assert (measures.tokens, measures.lines, measures.assignments) == (13, 2, 2)
    assert measures.packed == ["one.py:1: a, b = (1, [])"]


GOOD = Measures(tokens=850, lines=100, assignments=200, packed=["1", "2", "3"])


def test_an_area_at_its_limits_has_no_fault():
    assert area_faults("benchmarks", GOOD) == []
    assert area_faults("package", dataclasses.replace(GOOD, tokens=74_500, lines=74_500)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"tokens": 851}, "8.51 code tokens a line of code, at most 8.5"),
        ({"tokens": 74_501, "lines": 74_500}, "74,501 code tokens, at most 74,500"),
        ({"packed": list("abcd")}, "2.0% of the assignments are packed, at most 1.5%"),
        ({"long_functions": ["a.py:1: f, 51 lines"]}, "a.py:1: f, 51 lines, at most 50"),
        ({"long_files": ["a.py:1: 401 lines"]}, "a.py:1: 401 lines, at most 400"),
    ],
)
def test_each_fault_of_an_area_is_said(change, fault):
    faults = area_faults("package", dataclasses.replace(GOOD, **change))
    assert faults[0].removeprefix("package: ") == fault


def test_four_walrus_operators_in_all_are_too_many():
    two = Measures(walrus=["a", "b"])
    assert walrus_faults([two, Measures(walrus=["c"])]) == []
    faults = walrus_faults([two, two])
    assert faults == ["4 walrus operators in all areas, at most 3", "a", "b", "a", "b"]


def test_an_area_leaves_out_exercises_tests_and_what_is_apart(tmp_path, monkeypatch):
    files = "a.py exercises/b.py exercises/neuron/sum/check.py test_c.py d/e.py d/g.py f.txt"
    for name in files.split():
        path = tmp_path / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n", "utf-8")
    monkeypatch.setitem(AREAS, "sample", Area(("src/**/*.py",), apart=("src/d/g.py",)))
    expected = ["src/a.py", "src/d/e.py", "src/exercises/b.py"]
    assert list(read_area("sample", tmp_path)) == expected


def test_figures_are_one_line():
    assert figures("package", GOOD) == (
        "package: 850 of 74,500 code tokens, 8.50 a line of 100, 1.5% of 200 assignments packed,"
        " 0 walrus, 0 functions over 50 lines, 0 files over 400"
    )


@pytest.fixture(scope="module")
def areas() -> dict[str, Measures]:
    return measure_areas()


@pytest.mark.parametrize("name", AREAS)
def test_code_is_plain(areas, name):
    assert areas[name].lines > 100  # its files were found
    faults = area_faults(name, areas[name])
    assert not faults, "\n".join(faults)


def test_walrus_operators_are_rare(areas):
    faults = walrus_faults(list(areas.values()))
    assert not faults, "\n".join(faults)
