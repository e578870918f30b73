"""The stepper of the backpropagation page: its numbers are those of `Value` and PyTorch."""

import random

import pytest
import torch
from node import ask_node

from dlcourse.scratch.value import Value

EXPRESSIONS = [
    "(a*b + c).tanh()",
    "((a*b + c).relu() - d)**2",
    "a*b + a",
    "a*a*a - -b",
    "-a**2 + 2*3 - 2**3**2/7",
    "a**-1.5 + b**0 - (-a)**3",
    "((a - b)*(a + b)).exp()/10 + .5*a",
    "(1 + (-a).exp())**-1 - a.sigmoid()",
    "a**b + (a/b).log() - 1e-3*b",
    "((a.tanh() + b.tanh()).relu() + a).sigmoid()*b/a/2",
    "2*(a - (b - c))/(+3 - d*d*d)",
]
WRONG = {
    "": "Type an expression, such as a*b + c.",
    "a %b": "“%” is no part of an expression.",
    "a + ": "The expression ends where a value is missing.",
    "a * * b": "A value is missing before “*”.",
    "(a + b": "A closing parenthesis is missing.",
    "a + b)": "An opening parenthesis is missing.",
    "a b": "An operation is missing before “b”.",
    "tanh(a)": "Write tanh behind the value, as in (a + b).tanh().",
    "a.tanh": "Parentheses are missing: write .tanh().",
    "(2).exp() + a": ".exp() needs an input, not the number 2.",
    "3*2": "The expression needs an input: a name such as a.",
    "a + b + c + d + e + f": "At most 5 inputs fit, got 6.",
    "+".join(["a*a"] * 13): "The graph may have at most 24 boxes.",
    "(a - 1).log()": "log needs a positive value.",
    "a/(a - 1)": "A division by 0 has no result.",
    "(a - 1)**-1": "0 has no negative power.",
    "(-a)**0.5": "A negative base needs a whole exponent.",
    "(a - 1)**a": "An input as exponent needs a positive base.",
    "(1000*a).exp()": "(1000*a).exp() is too large to compute.",
}


def ask_page(requests):
    """Return what the page's code computes, run by Node."""
    return ask_node("run_expression_graph.mjs", requests)


def by_value(source, inputs):
    """Return the value and the slopes of an expression, computed by `dlcourse.scratch`."""
    values = {name: Value(number) for name, number in inputs.items()}
    output = eval(source, {}, values)
    output.backward()
    return [output.data, *(value.grad for value in values.values())]


def by_pytorch(source, inputs):
    """Return the same, computed by PyTorch."""
    leaves = {
        name: torch.tensor(number, dtype=torch.float64, requires_grad=True)
        for name, number in inputs.items()
    }
    output = eval(source, {}, leaves)
    output.backward()
    return [output.item(), *(leaf.grad.item() for leaf in leaves.values())]


def test_values_and_slopes_are_those_of_the_package_and_of_pytorch():
    drawn = random.Random(0)
    requests = []
    for source in EXPRESSIONS:
        for _ in range(20):
            # Positive, for log and for powers; relu and - get both signs from differences
            inputs = [drawn.uniform(0.2, 3) for _ in range(5)]
            requests.append({"source": source, "inputs": inputs})
    for request, of_page in zip(requests, ask_page(requests), strict=True):
        assert "error" not in of_page, (request, of_page)
        inputs = dict(zip(of_page["names"], request["inputs"], strict=False))
        found = [of_page["value"], *of_page["slopes"]]
        # All three use float64: only the order of a few sums differs
        assert found == pytest.approx(by_value(request["source"], inputs), rel=1e-9, abs=1e-9)
        assert found == pytest.approx(by_pytorch(request["source"], inputs), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("numbers", [[-2.0, 3.0, -7.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
def test_values_of_any_sign(numbers):
    sources = EXPRESSIONS[:5]
    answers = ask_page([{"source": source, "inputs": numbers} for source in sources])
    for source, of_page in zip(sources, answers, strict=True):
        inputs = dict(zip(of_page["names"], numbers, strict=False))
        found = [of_page["value"], *of_page["slopes"]]
        assert found == pytest.approx(by_value(source, inputs), rel=1e-9, abs=1e-9)


def test_an_expression_that_cannot_be_read_is_told_in_a_sentence():
    answers = ask_page([{"source": source} for source in WRONG])
    assert [answer.get("error") for answer in answers] == list(WRONG.values())


def test_a_slope_is_complete_only_after_the_last_step():
    requests = [{"source": "a*b + a", "inputs": [2, -3], "numSteps": steps} for steps in range(4)]
    # a + passes on 1 to a; the product then adds -3 to it, and gives 2 to b
    expected = [[None, None], [None, None], [1, None], [-2, 2]]
    assert [answer["slopes"] for answer in ask_page(requests)] == expected


def test_each_step_is_told_in_a_sentence():
    [answer] = ask_page([{"source": "a*b + a", "inputs": [2, -3]}])
    assert answer["sentences"] == [
        "The inputs have their values. Step forward computes the next box.",
        "Forward 1 of 2: a*b = 2 · (−3) = −6.",
        "Forward 2 of 2: a*b + a = (−6) + 2 = −4.",
        "Back 1 of 3: the result a*b + a has the slope 1.",
        "Back 2 of 3: a sum passes the slope on unchanged. a*b gets 1 · 1 = 1; a gets 1 · 1 = 1.",
        "Back 3 of 3: a product passes on the slope times the other value. "
        "a gets 1 · (−3) = −3, which is added: 1 + (−3) = −2; b gets 1 · 2 = 2.",
    ]
