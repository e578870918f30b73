"""What the checks of all exercises share: stop with a message, and compare values.

It uses the standard library alone: checks of pure exercises start fast and run in a browser.
"""

import builtins
import re
import sys
from typing import Any

# A learner's program may replace the functions of `builtins`; those of this module stay.
__builtins__: Any = dict(vars(builtins))  # type: ignore[no-redef]

# The texts of expect_number, expect_list and expect_tensor; a check's own stand in its MESSAGES.
MESSAGES = {
    "not a number": "{name} is {got}, expected a number.",
    "not finite": "{name} is {got}, expected a finite number.",
    "not a list": "{name} is {got}, expected a list.",
    "wrong length": "{name} has {got} elements, expected {expected}.",
    "not a tensor": "{name} is {got}, expected a tensor.",
    "wrong shape": "{name} has the shape {got}, expected {expected}.",
    "not finite tensor": "{name} contains values that are not finite: inf or nan.",
}


class NotPassed(Exception):
    """A check failed: `key` names the text in the check's MESSAGES, `values` fill its braces."""

    def __init__(self, key: str, values: dict[str, Any]):
        super().__init__(key)
        self.key = key
        self.values = values


def expect(condition: bool, key: str, **values: Any) -> None:
    """Stop the check with the message of `key` unless the condition holds."""
    if not condition:
        raise NotPassed(key, {name: show(value) for name, value in values.items()})


def show(value: Any) -> str:
    """Return a value as messages show it: six significant digits, at most 60 characters."""
    if isinstance(value, float):
        text = f"{value:.6g}"
    elif isinstance(value, list):
        text = "[" + ", ".join(show(item) for item in value) + "]"
    elif isinstance(value, tuple):
        text = "(" + ", ".join(show(item) for item in value) + ")"
    elif isinstance(value, str):
        text = value
    else:
        text = " ".join(describe(value).split())
    return text if len(text) <= 60 else text[:57] + "..."


def describe(value: Any) -> str:
    """Return a value's text without its address; its type where it has no text."""
    try:
        text = repr(value)
    except ValueError:  # an int of more than 4,300 digits
        text = f"{type(value).__name__} of more than 4,300 digits"
    return re.sub(r" at 0x[0-9A-Fa-f]+", "", text)


def is_close(got: Any, expected: float, tolerance: float = 1e-6) -> bool:
    """Say whether two numbers agree: relative to the expected one, absolute below one.

    The tolerance leaves room for another order of the same operations in float64, and is far
    below what any known mistake changes. Only numbers are close to a number: an object of the
    learner's that claims to be equal is not.
    """
    if not is_plain(got):
        return False
    try:
        size = abs(got)
    except TypeError:
        return False
    if abs(expected) > sys.float_info.max:  # the tolerance would be infinite, too
        return bool(got == expected)
    is_finite = size <= sys.float_info.max  # an int may be too large for a float
    return bool(is_finite and abs(got - expected) <= tolerance * max(1.0, abs(expected)))


def is_plain(value: Any) -> bool:
    """Say whether a value's class comes from Python, NumPy or PyTorch, and not from the learner."""
    return type(value).__module__.partition(".")[0] in ("builtins", "numpy", "torch")


def are_close(got: Any, expected: Any, tolerance: float = 1e-6) -> bool:
    """Say whether two lists of numbers have one length and agree one by one."""
    if len(got) != len(expected):
        return False
    return all(is_close(a, b, tolerance) for a, b in zip(got, expected, strict=True))


def expect_number(value: Any, name: str) -> None:
    """Stop unless the value is a finite int or float (True and False are neither)."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    got = value if is_plain(value) else f"an object of the class {type(value).__name__}"
    expect(is_number and is_plain(value), "not a number", name=name, got=got)
    expect(abs(value) <= sys.float_info.max, "not finite", name=name, got=value)


def expect_list(value: Any, length: int, name: str) -> None:
    """Stop unless the value is a list of this length."""
    expect(type(value) is list, "not a list", name=name, got=value)
    expect(len(value) == length, "wrong length", name=name, got=len(value), expected=length)


def expect_tensor(value: Any, shape: tuple[int, ...], name: str) -> None:
    """Stop unless the value is a tensor of this shape with finite values."""
    expect(type(value).__module__ == "torch", "not a tensor", name=name, got=value)
    got = tuple(value.shape)
    expect(got == tuple(shape), "wrong shape", name=name, got=got, expected=tuple(shape))
    expect(bool(value.isfinite().all()), "not finite tensor", name=name)
