"""Values and gradients against PyTorch, finite differences and mathematics."""

import math
import os
import random
import subprocess
import sys
import weakref
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch

from dlcourse.scratch.value import Value, topological_order

SRC = Path(__file__).resolve().parents[2] / "src"
POINTS = (-3.0, -1.0, -0.4, 1e-3, 0.7, 1.0, 2.5)
POSITIVE = (1e-3, 0.4, 1.0, 2.5, 30.0)

# Every operation, written so that it takes a Value and a tensor alike, and where it is tried.
OF_ONE = {
    "neg": (lambda x: -x, POINTS),
    "exp": (lambda x: x.exp(), POINTS),
    "log": (lambda x: x.log(), POSITIVE),
    "tanh": (lambda x: x.tanh(), POINTS),
    "relu": (lambda x: x.relu(), POINTS),
    "sigmoid": (lambda x: x.sigmoid(), POINTS),
    "number + x": (lambda x: 2 + x, POINTS),
    "x + number": (lambda x: x + 2, POINTS),
    "number - x": (lambda x: 2.5 - x, POINTS),
    "x - number": (lambda x: x - 2.5, POINTS),
    "number * x": (lambda x: -3 * x, POINTS),
    "x * number": (lambda x: x * -3, POINTS),
    "number / x": (lambda x: 2 / x, POINTS),
    "x / number": (lambda x: x / -4, POINTS),
    "x ** 2": (lambda x: x**2, POINTS),
    "x ** 3": (lambda x: x**3, POINTS),
    "x ** 0": (lambda x: x**0, POINTS),
    "x ** -1": (lambda x: x**-1, POINTS),
    "x ** -2.0": (lambda x: x**-2.0, POINTS),
    "x ** 0.5": (lambda x: x**0.5, POSITIVE),
    "x ** -1.5": (lambda x: x**-1.5, POSITIVE),
    "number ** x": (lambda x: 2**x, POINTS),
    "x used three times": (lambda x: x * x + x, POINTS),
}
OF_TWO = {
    "+": (lambda x, y: x + y, POINTS),
    "-": (lambda x, y: x - y, POINTS),
    "*": (lambda x, y: x * y, POINTS),
    "/": (lambda x, y: x / y, POINTS),
    "**": (lambda x, y: x**y, POSITIVE),
}
CASES = [
    pytest.param(f, (x,), id=f"{name} at {x}")
    for name, (f, points) in OF_ONE.items()
    for x in points
]
CASES += [
    pytest.param(f, (x, y), id=f"{x} {name} {y}")
    for name, (f, points) in OF_TWO.items()
    for x in points
    for y in (-1.5, 0.3, 2.0)
]


@pytest.mark.parametrize(("function", "point"), CASES)
def test_value_and_gradient_equal_torch(function, point):
    values = [Value(x) for x in point]
    tensors = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in point]
    ours, theirs = function(*values), function(*tensors)
    ours.backward()
    theirs.backward()
    # A few roundings of float64 (2e-16 each); 1 - tanh(3)^2 loses two more digits.
    assert ours.data == pytest.approx(theirs.item(), rel=1e-13)
    for value, tensor in zip(values, tensors, strict=True):
        assert value.grad == pytest.approx(tensor.grad.item(), rel=1e-13)


@pytest.mark.parametrize(("function", "point"), CASES)
def test_gradient_equals_finite_difference(function, point):
    values = [Value(x) for x in point]
    function(*values).backward()
    for index, value in enumerate(values):
        step = 1e-5 * abs(point[index])
        ahead, behind = (
            [*point[:index], point[index] + s, *point[index + 1 :]] for s in (step, -step)
        )
        rise = function(*map(Value, ahead)).data - function(*map(Value, behind)).data
        # Truncation: step^2, relative, 1e-10. Rounding: 2e-16 |f| / step, where |f| is 1e6 at most.
        assert value.grad == pytest.approx(rise / (2 * step), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_random_graph_equals_torch_at_every_value(seed):
    rng = random.Random(seed)
    numbers = [rng.uniform(-1, 1) for _ in range(5)]
    ours = [Value(x) for x in numbers]
    theirs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in numbers]
    for _ in range(40):
        function = rng.choice([lambda a, b: a + b, lambda a, b: a * b, lambda a, b: (a - b).tanh()])
        left, right = rng.randrange(len(ours)), rng.randrange(len(ours))
        ours.append(function(ours[left], ours[right]))
        theirs.append(function(theirs[left], theirs[right]))
        theirs[-1].retain_grad()
    ours[-1].backward()
    theirs[-1].backward()
    for value, tensor in zip(ours, theirs, strict=True):
        expected = 0.0 if tensor.grad is None else tensor.grad.item()
        assert value.data == pytest.approx(
            tensor.item(), rel=1e-12, abs=1e-12
        )  # 40 operations deep
        assert value.grad == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_reused_value_gets_the_sum_of_its_gradients():
    x = Value(3.0)
    (x * x + 2 * x).backward()
    assert x.grad == 8.0  # d(x^2 + 2x)/dx = 2x + 2


@pytest.mark.parametrize("times", [1, 2, 3])
def test_repeated_backward_adds_up_as_torch_does(times):
    def build(x, y):
        inner = x * y
        outer = (inner + x).tanh() * inner
        return inner, outer

    values = [Value(0.5), Value(-1.5)]
    tensors = [torch.tensor(v.data, dtype=torch.float64, requires_grad=True) for v in values]
    values += build(*values)
    tensors += build(*tensors)
    for tensor in tensors[2:]:
        tensor.retain_grad()
    for _ in range(times):
        values[-1].backward()
        tensors[-1].backward(retain_graph=True)
    for value, tensor in zip(values, tensors, strict=True):
        assert value.grad == pytest.approx(tensor.grad.item(), rel=1e-13)  # a few roundings


def test_two_outputs_that_share_values_add_up():
    x = Value(2.0)
    shared = x * x
    (3 * shared).backward()
    (5 * shared).backward()
    assert x.grad == 32.0  # (3 + 5) * 2x
    assert shared.grad == 8.0


def test_backward_uses_the_numbers_of_the_forward_pass():
    x = Value(3.0)
    y = x * x
    x.data = 100.0
    y.backward()
    assert x.grad == 6.0  # at x = 3, where y was computed


@pytest.mark.parametrize(("x", "s"), [(-1000, 0.0), (1000, 1.0), (-math.inf, 0.0), (math.inf, 1.0)])
def test_sigmoid_and_tanh_saturate_without_overflow(x, s):
    sigmoid, tanh = Value(x).sigmoid(), Value(x).tanh()
    assert (sigmoid.data, tanh.data) == (s, 2 * s - 1)
    assert sigmoid.inputs[0][1] == tanh.inputs[0][1] == 0.0


def test_sigmoid_keeps_its_digits_far_below_zero():
    x = Value(-700.0)
    y = x.sigmoid()
    y.backward()
    assert y.data == x.grad == pytest.approx(math.exp(-700), rel=1e-15)  # 1 + exp(-700) rounds to 1


def test_relu_is_flat_at_zero():
    x = Value(0.0)
    x.relu().backward()
    assert x.grad == 0.0  # PyTorch's choice too


@pytest.mark.parametrize("exponent", [0, 0.5, 1, 2])
def test_power_of_zero_has_the_gradient_of_torch(exponent):
    x, tensor = Value(0.0), torch.zeros((), dtype=torch.float64, requires_grad=True)
    (x**exponent).backward()
    (tensor**exponent).backward()
    assert x.grad == tensor.grad.item()


@pytest.mark.parametrize(
    ("compute", "error", "message"),
    [
        (lambda: Value(0).log(), ValueError, "log needs a positive value, got 0.0"),
        (lambda: Value(-2).log(), ValueError, "log needs a positive value, got -2.0"),
        (lambda: Value(3) / Value(0), ZeroDivisionError, "cannot divide 3.0 by 0.0"),
        (lambda: Value(3) / 0, ZeroDivisionError, "cannot divide 3.0 by 0.0"),
        (lambda: 3 / Value(-0.0), ZeroDivisionError, "cannot divide 3.0 by -0.0"),
        (lambda: Value(0) ** -1, ZeroDivisionError, "cannot raise 0.0 to the negative power -1"),
        (
            lambda: Value(-8) ** 0.5,
            ValueError,
            "a negative base needs a whole exponent, got -8.0 ** 0.5",
        ),
        (lambda: Value(-8) ** Value(2), ValueError, "needs a positive base, got -8.0 ** 2.0"),
        (lambda: 0 ** Value(2), ValueError, "needs a positive base, got 0.0 ** 2.0"),
        (lambda: Value(1000).exp(), OverflowError, "exp(1000.0) is too large for a float"),
        (lambda: Value(10) ** 400, OverflowError, "10.0 ** 400 is too large for a float"),
        (lambda: Value("3"), TypeError, "a Value holds one number, got str"),
        (lambda: Value(), TypeError, "missing 1 required positional argument: 'data'"),
        (lambda: Value(Value(3)), TypeError, "a Value holds one number, got Value"),
        (lambda: Value(3) + "a", TypeError, "'Value' and 'str'"),
        (lambda: Value(3) ** [1], TypeError, "'Value' and 'list'"),
        (lambda: None - Value(3), TypeError, "a Value holds one number, got NoneType"),
        (lambda: Value(3) ** Decimal(2), TypeError, "'Value' and 'decimal.Decimal'"),
        (lambda: Value(3) * Decimal(2), TypeError, "'Value' and 'decimal.Decimal'"),
        (lambda: Decimal(2) * Value(3), TypeError, "a Value holds one number, got Decimal"),
        (lambda: Value(3) ** 2j, TypeError, "'Value' and 'complex'"),
    ],
)
def test_error_says_what_was_given(compute, error, message):
    with pytest.raises(error) as caught:
        compute()
    assert message in str(caught.value)


KINDS = [int, float, np.float32, np.float64, np.float16, np.int64, np.uint8, Fraction, Value]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("error")
def test_a_power_is_the_same_for_every_kind_of_exponent(kind):
    with pytest.raises(OverflowError, match=r"^1e\+200 \*\* 2(\.0)? is too large for a float$"):
        Value(1e200) ** kind(2)
    x = Value(3.0)
    cube = x ** kind(3)
    cube.backward()
    assert (type(cube.data), cube.data) == (float, 27.0)
    assert (type(x.grad), x.grad) == (float, 27.0)
    flat = Value(3.0)
    (flat ** kind(0)).backward()
    assert flat.grad == 0.0


@pytest.mark.parametrize("kind", [one for one in KINDS if one is not Value])
@pytest.mark.filterwarnings("error")
def test_any_kind_of_number_may_stand_on_the_left(kind):
    x = Value(4.0)
    for result, expected in (
        (kind(2) + x, 6.0),
        (kind(2) - x, -2.0),
        (kind(2) * x, 8.0),
        (kind(2) / x, 0.5),
        (kind(2) ** x, 16.0),
    ):
        assert type(result) is Value
        assert (type(result.data), result.data) == (float, expected)
    with pytest.raises(ZeroDivisionError, match=r"^cannot divide 2\.0 by 0\.0$"):
        kind(2) / Value(0)


@pytest.mark.parametrize("number", [1e200, np.float64(1e200), 10**200, Fraction(10**200)])
@pytest.mark.filterwarnings("error")
def test_a_product_and_a_quotient_that_are_too_large_are_infinite(number):
    with np.errstate(over="ignore"):  # NumPy 2.0 warns where its own numbers overflow
        assert (Value(1e200) * number).data == math.inf
        assert (number * Value(1e200)).data == math.inf
        assert (number / Value(1e-200)).data == math.inf
        assert (Value(1e308) + Value(1e308)).data == math.inf


@pytest.mark.parametrize("base", [1e-200, -1e-200])
@pytest.mark.parametrize("exponent", [-1, -1.0, np.float64(-1), Fraction(-1)])
def test_an_inverse_has_the_slope_of_a_division_by_the_base(base, exponent):
    power = Value(base) ** exponent
    quotient = 1 / Value(base)
    assert power.data == quotient.data
    assert power.inputs[0][1] == quotient.inputs[1][1] == -math.inf


@pytest.mark.parametrize("base", [2.0, 0.0, math.inf, math.nan])
def test_a_power_of_0_is_flat(base):
    power = Value(base) ** 0
    assert (power.data, power.inputs[0][1]) == (1.0, 0.0)


@pytest.mark.parametrize("name", ["add", "sub", "mul", "truediv", "pow"])
def test_operators_leave_unknown_operands_to_them(name):
    assert getattr(Value, f"__{name}__")(Value(3), "a") is NotImplemented


@pytest.mark.parametrize(
    ("compute", "operation"),
    [
        (lambda x: x, ""),
        (lambda x: x + x, "+"),
        (lambda x: x - x, "-"),
        (lambda x: x * x, "*"),
        (lambda x: x / x, "/"),
        (lambda x: x**x, "**"),
        (lambda x: x**3, "**3"),
        (lambda x: x**-0.5, "**-0.5"),
        (lambda x: -x, "neg"),
        (lambda x: x.exp(), "exp"),
        (lambda x: x.log(), "log"),
        (lambda x: x.tanh(), "tanh"),
        (lambda x: x.relu(), "relu"),
        (lambda x: x.sigmoid(), "sigmoid"),
    ],
)
def test_operation_is_named_as_it_is_written(compute, operation):
    assert compute(Value(2.0)).operation == operation


def test_repr_shows_data_and_gradient():
    x = Value(3)
    (2 * x).backward()
    assert repr(x) == "Value(data=3.0, grad=2.0)"


@pytest.mark.parametrize("number", [True, 2, 2.0, Fraction(2), np.float32(2), np.int64(2)])
def test_any_real_number_is_an_operand_on_both_sides(number):
    x = Value(3)
    ((number * x - number) / number + number).backward()
    assert x.grad == 1.0


def test_topological_order_has_every_value_once_after_its_inputs():
    x, y = Value(1), Value(2)
    product = x * y
    total = product + x
    order = topological_order(total)
    assert len(order) == 4
    assert set(order) == {x, y, product, total}
    assert all(order.index(a) < order.index(b) for b in order for a, _ in b.inputs)


LONG_CHAINS = """
import gc, sys, threading
from dlcourse.scratch.value import Value

def check():
    x = Value(1.0)
    total = x
    for _ in range(100_000):
        total = total + x
    total.backward()
    assert total.data == x.grad == 100_001  # 1 + 100,000 uses
    del total
    y = x = Value(0.5)
    for step in range(100_000):
        y = (
            y.tanh(), y * 1.0, 0.5 + y, y - 0.5, y.sigmoid(), y / 2, -y, y**2, y.exp(), y.relu(),
        )[step % 10]
    y.backward()
    assert len(y.inputs) == 1
    y = None
    gc.collect()
    print("done", end="")

sys.setrecursionlimit(200)
threading.stack_size(256 * 1024)  # a browser's is small too
thread = threading.Thread(target=check)
thread.start()
thread.join()
"""


def test_chains_of_100_000_operations_are_built_followed_and_freed():
    done = subprocess.run(
        [sys.executable, "-c", LONG_CHAINS],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SRC)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done", "")


def test_values_nobody_holds_are_freed_and_others_stay_whole():
    x = Value(2.0)
    kept = x * 3
    lost = kept + 1
    end = lost * lost
    watch = weakref.ref(lost)
    del lost
    assert watch() is not None  # end was computed from it
    del end
    assert watch() is None
    kept.backward()
    assert x.grad == 3.0


def test_freeing_a_chain_nests_no_more_than_two_calls():
    open_calls = []
    depths = []

    class Counted(Value):
        def __del__(self):
            open_calls.append("__del__")
            depths.append(len(open_calls))
            super().__del__()
            open_calls.pop()

    value = Counted(0.0)
    for _ in range(30):  # few, because Python itself postpones calls that nest much deeper
        value = Counted(0.0, "", (value, 1.0))
    del value
    assert len(depths) == 31  # all were freed
    assert max(depths) == 2  # the first call, and in it one call for each input in turn
