"""A number that remembers how it was computed, so that gradients can flow back through it."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from numbers import Real
from typing import ClassVar


def _takes_numbers(
    operator: Callable[[Value, Value], Value],
) -> Callable[[Value, Value | float], Value]:
    """Let the second operand of an operator be a plain number too."""

    @wraps(operator)
    def operator_on_values(self: Value, other: Value | float) -> Value:
        if isinstance(other, Real):
            other = Value(other)
        if not isinstance(other, Value):
            return NotImplemented  # Python answers with a TypeError that names both types
        return operator(self, other)

    return operator_on_values


class Value:
    """A number, its gradient, and the operation and inputs that it came from.

    `inputs` pairs each operand with its local derivative, d(this value) / d(operand). `backward()`
    multiplies these along every path (the chain rule) and adds up over the paths.

    Overflow is that of Python's floats, for every kind of number: + - * / give inf, and ** and exp
    raise an error. A derivative that is too large is inf.
    Raises: TypeError for an operand that is not a number; ZeroDivisionError or ValueError where no
        real result exists; OverflowError where that of ** or exp is too large for a float.
    Source: the idea and the names `data`, `grad`, `backward` are those of PyTorch and Karpathy's
        micrograd.
    """

    inputs: tuple[tuple[Value, float], ...] = ()
    _to_free: ClassVar[list[tuple]] = []

    def __init__(self, data: float | Real, operation: str = "", *inputs: tuple[Value, float]):
        if not isinstance(data, Real):
            raise TypeError(f"a Value holds one number, got {type(data).__name__}")
        self.data = float(data)
        self.grad = 0.0  # d(output) / d(this value), once output.backward() has run
        self.operation = operation
        self.inputs = inputs

    def __repr__(self) -> str:
        return f"Value(data={self.data}, grad={self.grad})"

    # Each operation below: the result, its name, then every operand with its local derivative.

    @_takes_numbers
    def __add__(self, other: Value) -> Value:
        return Value(self.data + other.data, "+", (self, 1.0), (other, 1.0))

    @_takes_numbers
    def __sub__(self, other: Value) -> Value:
        return Value(self.data - other.data, "-", (self, 1.0), (other, -1.0))

    @_takes_numbers
    def __mul__(self, other: Value) -> Value:
        return Value(self.data * other.data, "*", (self, other.data), (other, self.data))

    @_takes_numbers
    def __truediv__(self, other: Value) -> Value:
        if other.data == 0:
            raise ZeroDivisionError(f"cannot divide {self.data} by {other.data}")
        quotient = self.data / other.data
        return Value(quotient, "/", (self, 1 / other.data), (other, -quotient / other.data))

    def __pow__(self, exponent: Value | float) -> Value:
        base = self.data
        if isinstance(exponent, Value):
            if base <= 0:
                given = f"{base} ** {exponent.data}"
                raise ValueError(f"a Value as exponent needs a positive base, got {given}")
            power = _power(base, exponent.data)
            slope = _power_slope(base, exponent.data, power)
            exponent_slope = power * math.log(base)
            return Value(power, "**", (self, slope), (exponent, exponent_slope))
        if not isinstance(exponent, Real):
            return NotImplemented
        power = _power(base, exponent)
        slope = _power_slope(base, float(exponent), power)
        return Value(power, f"**{exponent}", (self, slope))

    def __neg__(self) -> Value:
        return Value(-self.data, "neg", (self, -1.0))

    def exp(self) -> Value:
        """Return e to the power of this value."""
        try:
            power = math.exp(self.data)
        except OverflowError:
            raise OverflowError(f"exp({self.data}) is too large for a float") from None
        return Value(power, "exp", (self, power))

    def log(self) -> Value:
        """Return the natural logarithm of this value, which must be positive."""
        if self.data <= 0:
            raise ValueError(f"log needs a positive value, got {self.data}")
        return Value(math.log(self.data), "log", (self, 1 / self.data))

    def tanh(self) -> Value:
        """Return the hyperbolic tangent of this value, in [-1, 1]."""
        t = math.tanh(self.data)
        return Value(t, "tanh", (self, 1 - t**2))

    def relu(self) -> Value:
        """Return this value where it is positive, else 0."""
        slope = 1.0 if self.data > 0 else 0.0
        return Value(max(self.data, 0.0), "relu", (self, slope))

    def sigmoid(self) -> Value:
        """Return 1 / (1 + exp(-value)), in [0, 1]."""
        # In (0, 1]: exp of a large positive number would overflow.
        small = math.exp(-abs(self.data))
        s = 1 / (1 + small) if self.data >= 0 else small / (1 + small)
        return Value(s, "sigmoid", (self, s * (1 - s)))

    def __radd__(self, other: float) -> Value:  # number + value; the same for the four below
        return Value(other) + self

    def __rsub__(self, other: float) -> Value:
        return Value(other) - self

    def __rmul__(self, other: float) -> Value:
        return Value(other) * self

    def __rtruediv__(self, other: float) -> Value:
        return Value(other) / self

    def __rpow__(self, other: float) -> Value:
        return Value(other) ** self

    def backward(self) -> None:
        """Add d(this value) / d(v) to `v.grad`, for every value v that this one was computed from.

        A second call adds the same again, as PyTorch does with retain_graph=True.
        """
        order = topological_order(self)
        # The gradients of this call alone: .grad may hold those of earlier calls.
        gradients = dict.fromkeys(order, 0.0)
        gradients[self] = 1.0
        # In this order every user of a value comes before it, so its gradient is complete.
        for value in reversed(order):
            value.grad += gradients[value]
            for operand, local_derivative in value.inputs:
                gradients[operand] += gradients[value] * local_derivative

    def __del__(self) -> None:
        # Python would free a value's inputs inside this call, their inputs inside that call, and so
        # on: 2000 such calls overflow the stack of a browser. So the first call frees all of them,
        # one after the other.
        is_first = not self._to_free
        self._to_free.extend([(), self.inputs])
        self.inputs = ()
        if is_first:
            try:
                while len(self._to_free) > 1:
                    self._to_free.pop()  # what this frees adds its own inputs to the list
            finally:
                self._to_free.clear()


def topological_order(output: Value) -> list[Value]:
    """Return all values that `output` was computed from, itself included, each after its inputs."""
    order = []
    seen = set()
    # A stack of our own, because recursion would end at Python's limit of about 1000 calls.
    stack = [(output, False)]
    while stack:
        value, has_inputs_done = stack.pop()
        if has_inputs_done:
            order.append(value)
        elif value not in seen:
            seen.add(value)
            stack.append((value, True))
            stack.extend((operand, False) for operand, _ in value.inputs)
    return order


def _power(base: float, exponent: float) -> float:
    """Return base ** exponent, or raise an error that says why it is not a real number."""
    if base == 0 and exponent < 0:
        raise ZeroDivisionError(f"cannot raise {base} to the negative power {exponent}")
    if base < 0 and not float(exponent).is_integer():
        raise ValueError(f"a negative base needs a whole exponent, got {base} ** {exponent}")
    try:
        return base ** float(exponent)  # NumPy's numbers would give inf and a warning
    except OverflowError:
        raise OverflowError(f"{base} ** {exponent} is too large for a float") from None


def _power_slope(base: float, exponent: float, power: float) -> float:
    """Return the derivative of power = base ** exponent by the base; it may be infinite."""
    if exponent == 0:
        return 0.0  # x ** 0 is flat
    if base == 0 and exponent < 1:
        return math.inf  # a root starts with a vertical slope
    try:
        return exponent * base ** (exponent - 1)
    except OverflowError:
        return exponent * power / base  # infinite, with the sign of the slope
