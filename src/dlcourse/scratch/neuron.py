"""Neuron, layer and multilayer perceptron, built of `Value`s."""

from collections.abc import Sequence
from random import Random, uniform

from dlcourse.scratch.value import Value


class Module:
    """Anything with parameters to train."""

    def parameters(self) -> list[Value]:
        """Return every weight and bias."""
        raise NotImplementedError(f"{type(self).__name__} does not list its parameters")

    def zero_grad(self) -> None:
        """Set every parameter's gradient to 0: backward() adds to what is there."""
        for parameter in self.parameters():
            parameter.grad = 0.0


class Neuron(Module):
    """One artificial neuron: relu(w . x + b), or w . x + b where `nonlin` is False.

    Weights start uniformly between -1 and 1, drawn from `rng` (default: the module `random`). The
    bias starts at 0.

    Shapes: x has in_features numbers or Values; the result is one Value.
    Raises: ValueError when x has another length, or in_features is below 1.
    """

    def __init__(self, in_features: int, nonlin: bool = True, rng: Random | None = None):
        if in_features < 1:
            raise ValueError(f"in_features must be at least 1, got {in_features}")
        draw = uniform if rng is None else rng.uniform
        self.weights = [Value(draw(-1, 1)) for _ in range(in_features)]
        self.bias = Value(0)
        self.nonlin = nonlin

    def __call__(self, x: Sequence[Value | float]) -> Value:
        """Return the neuron's output for one input x."""
        if len(x) != len(self.weights):
            needed = f"{len(self.weights)} values, one per weight"
            raise ValueError(f"x must have {needed}, got {len(x)}")
        products = [w * value for w, value in zip(self.weights, x, strict=True)]
        weighted_sum = sum(products, self.bias)
        if self.nonlin:
            return weighted_sum.relu()
        return weighted_sum

    def parameters(self) -> list[Value]:
        """Return the weights, then the bias."""
        return [*self.weights, self.bias]

    def __repr__(self) -> str:
        return f"Neuron({len(self.weights)}, nonlin={self.nonlin})"


class Layer(Module):
    """Neurons side by side, all with the same inputs.

    Shapes: x has in_features values; the result is a list of out_features Values, or the Value
        itself if there is only one.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        nonlin: bool = True,
        rng: Random | None = None,
    ):
        if out_features < 1:
            raise ValueError(f"out_features must be at least 1, got {out_features}")
        self.neurons = [Neuron(in_features, nonlin, rng) for _ in range(out_features)]

    def __call__(self, x: Sequence[Value | float]) -> Value | list[Value]:
        """Return every neuron's output for one input x."""
        outputs = [neuron(x) for neuron in self.neurons]
        if len(outputs) == 1:
            return outputs[0]
        return outputs

    def parameters(self) -> list[Value]:
        """Return the parameters of one neuron after the other."""
        parameters = []
        for neuron in self.neurons:
            parameters.extend(neuron.parameters())
        return parameters

    def __repr__(self) -> str:
        first = self.neurons[0]
        return f"Layer({len(first.weights)}, {len(self.neurons)}, nonlin={first.nonlin})"


class MLP(Module):
    """A multilayer perceptron: layers one after the other, each with ReLU except the linear last.

    `MLP(2, [16, 16, 1])` has 2 inputs, two hidden layers of 16 neurons and one output.
    """

    def __init__(self, in_features: int, out_features: Sequence[int], rng: Random | None = None):
        sizes = [in_features, *out_features]
        if len(sizes) < 2:
            raise ValueError("out_features must name at least one layer, got none")
        self.layers = []
        for place in range(len(out_features)):
            is_last = place == len(out_features) - 1
            layer = Layer(sizes[place], sizes[place + 1], nonlin=not is_last, rng=rng)
            self.layers.append(layer)

    def __call__(self, x: Sequence[Value | float]) -> Value | list[Value]:
        """Return the last layer's outputs for one input x."""
        for layer in self.layers[:-1]:
            outputs = layer(x)
            x = outputs if isinstance(outputs, list) else [outputs]
        last_layer = self.layers[-1]
        return last_layer(x)

    def parameters(self) -> list[Value]:
        """Return the parameters of one layer after the other."""
        parameters = []
        for layer in self.layers:
            parameters.extend(layer.parameters())
        return parameters

    def __repr__(self) -> str:
        first_neuron = self.layers[0].neurons[0]
        in_features = len(first_neuron.weights)
        out_features = [len(layer.neurons) for layer in self.layers]
        return f"MLP({in_features}, {out_features})"
