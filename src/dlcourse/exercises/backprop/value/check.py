"""Check backprop/value."""

import random
import sys

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "a part is missing": "A Value has no {name}: write data, grad, __add__, __mul__ and backward.",
    "not a class": "Value is {got}, expected a class.",
    "not a value": "{expression} is {got}, expected a new Value.",
    "another number": "The data of {expression} at a = {a}, b = {b} is {got}, expected {expected}.",
    "the slope of a sum is wrong": "After a + b at a = {a}, b = {b}, {name}.grad is {got}, "
    "expected 1: a sum passes the slope on unchanged.",
    "the partners are swapped": "After a * b at a = {a}, b = {b}, {name}.grad is {got}, expected "
    "{expected}: the slope towards a factor is the other factor.",
    "the slope of a product is wrong": "After a * b at a = {a}, b = {b}, {name}.grad is {got}, "
    "expected {expected}.",
    "the slopes are not added up": "After a * b + a at a = {a}, b = {b}, a.grad is {got}, "
    "expected b + 1 = {expected}: a is used twice, and one of the two slopes is lost.",
    "the slope that arrives is not passed on": "After (a * b) * b at a = {a}, b = {b}, a.grad is "
    "{got}, expected b * b = {expected}: multiply the slope that arrives by the local slope.",
    "other slopes": "After {expression} at a = {a}, b = {b}, {name}.grad is {got}, expected "
    "{expected}.",
    "data is changed": "After backward(), a.data is {got}, expected {expected} as before: "
    "backward only writes slopes, and moves nothing.",
    "a slope is passed on too early": "After c = a * a and c + (c * b) * (c * a), a.grad is "
    "{got}, expected {expected}: a value passes its slope on after all that used it have passed "
    "theirs.",
    "old slopes are deleted": "After (a * b).backward() and (a + b).backward(), a.grad is {got}, "
    "expected {expected}: the second adds to what the first has written.",
    "every path is walked": "{count} times total = total + total takes more than {limit} steps: "
    "visit each value once, after all that used it.",
}
LIMIT = 100_000  # lines; a solution that visits each value once runs about a thousand


class TooManySteps(BaseException):
    """The learner's code has run more lines than any direct solution needs."""


def check(learner, generator: random.Random) -> None:
    """Compare one operation, then two, then shared values, then the number of steps."""
    expect(isinstance(learner.Value, type), "not a class", got=learner.Value)
    for name in ("data", "grad", "__add__", "__mul__", "backward"):
        expect(hasattr(learner.Value(1.0), name), "a part is missing", name=name)
    for name in ("__add__", "__mul__"):
        got = getattr(learner.Value(2.0), name)(learner.Value(3.0))
        expression = f"Value(2.0).{name}(Value(3.0))"
        expect(isinstance(got, learner.Value), "not a value", expression=expression, got=got)
    a = round(generator.uniform(2, 3), 1)
    b = round(generator.uniform(3.5, 5), 1)
    check_one_operation(learner, a, b)
    for left, right in ((2.0, 3.0), (a, b)):
        check_two_operations(learner, left, right)
    check_shared(learner, a, b)
    check_two_results(learner, a, b)
    check_steps(learner, 50)


def run(learner, a: float, b: float, compute) -> tuple:
    """Return two values after backward() on what compute makes of them, and the result."""
    left = learner.Value(a)
    right = learner.Value(b)
    result = compute(left, right)
    result.backward()
    for name, value in (("a", left), ("b", right)):
        expect_number(value.grad, f"{name}.grad")
        expect_number(value.data, f"{name}.data")
    expect_number(result.data, "The result's data")
    expect(left.data == a, "data is changed", got=left.data, expected=a)
    return left, right, result


def check_one_operation(learner, a: float, b: float) -> None:
    """Compare the number and the slopes of a sum and of a product."""
    shown = {"a": a, "b": b}
    left, right, result = run(learner, a, b, lambda a, b: a + b)
    is_right = is_close(result.data, a + b)
    expect(is_right, "another number", expression="a + b", got=result.data, expected=a + b, **shown)
    for name, value in (("a", left), ("b", right)):
        is_right = is_close(value.grad, 1.0)
        expect(is_right, "the slope of a sum is wrong", name=name, got=value.grad, **shown)
    left, right, result = run(learner, a, b, lambda a, b: a * b)
    is_right = is_close(result.data, a * b)
    expect(is_right, "another number", expression="a * b", got=result.data, expected=a * b, **shown)
    for name, value, own, other in (("a", left, a, b), ("b", right, b, a)):
        values = shown | {"name": name, "got": value.grad, "expected": other}
        expect(not is_close(value.grad, own), "the partners are swapped", **values)
        expect(is_close(value.grad, other), "the slope of a product is wrong", **values)


def check_two_operations(learner, a: float, b: float) -> None:
    """Compare (a * b) * b, where the slope must be passed on, and a * b + a."""
    shown = {"a": a, "b": b}
    left, right, _ = run(learner, a, b, lambda a, b: a * b + a)
    is_lost = is_close(left.grad, 1.0) or is_close(left.grad, b)
    values = {"got": left.grad, "expected": b + 1}
    expect(not is_lost, "the slopes are not added up", **values, **shown)
    for name, value, expected in (("a", left, b + 1), ("b", right, a)):
        values = {"name": name, "got": value.grad, "expected": expected}
        is_right = is_close(value.grad, expected)
        expect(is_right, "other slopes", expression="a * b + a", **values, **shown)
    left, right, _ = run(learner, a, b, lambda a, b: (a * b) * b)
    is_local = is_close(left.grad, b)
    values = {"got": left.grad, "expected": b * b}
    expect(not is_local, "the slope that arrives is not passed on", **values, **shown)
    for name, value, expected in (("a", left, b * b), ("b", right, 2 * a * b)):
        values = {"name": name, "got": value.grad, "expected": expected}
        is_right = is_close(value.grad, expected)
        expect(is_right, "other slopes", expression="(a * b) * b", **values, **shown)


def check_shared(learner, a: float, b: float) -> None:
    """Compare an expression in which c is used by two results of different depth."""

    def compute(a, b):
        c = a * a
        return c + (c * b) * (c * a)

    left, right, _ = run(learner, a, b, compute)
    expected = 2 * a + 5 * b * a**4  # of a² + b a⁵
    shown = {"got": left.grad, "expected": expected}
    expect(is_close(left.grad, expected), "a slope is passed on too early", **shown)
    values = {"a": a, "b": b, "name": "b", "got": right.grad, "expected": a**5}
    is_right = is_close(right.grad, a**5)
    expect(is_right, "other slopes", expression="a*a + (a*a*b) * (a*a*a)", **values)


def check_two_results(learner, a: float, b: float) -> None:
    """Compare the sum of the slopes that two results leave in one value."""
    left = learner.Value(a)
    right = learner.Value(b)
    (left * right).backward()
    (left + right).backward()
    expect_number(left.grad, "a.grad")
    is_right = is_close(left.grad, b + 1)
    expect(is_right, "old slopes are deleted", got=left.grad, expected=b + 1)


def check_steps(learner, count: int) -> None:
    """Count the lines that run for a chain in which each value is used twice."""
    total = learner.Value(1.0)
    for _ in range(count):
        total = total + total
    num_lines = 0

    def trace(frame, event, argument):
        nonlocal num_lines
        num_lines += 1
        if num_lines > LIMIT:
            raise TooManySteps
        return trace

    is_slow = False
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        total.backward()
    except TooManySteps:
        is_slow = True
    finally:
        sys.settrace(before)
    expect(not is_slow, "every path is walked", count=count, limit=LIMIT)
