"""The exit ticket's neuron: w = (2, -1), b = 0.5, ReLU; and three slips."""

w = [2.0, -1.0]
b = 0.5


def relu(z):
    """Return z where it is positive, else 0."""
    return max(0.0, z)


def print_answers(name, x1, x2):
    """Print the correct output for an input, and what each slip gives."""
    z = w[0] * x1 + w[1] * x2 + b
    z_without_minus = w[0] * x1 - w[1] * x2 + b
    correct = relu(z)
    no_bias = relu(z - b)
    lost_minus = relu(z_without_minus)
    print(f"{name}: correct {correct} | no bias {no_bias} |", end=" ")
    print(f"no activation {z} | lost minus {lost_minus}")


print_answers("A", 2.0, 3.0)
print_answers("B", 1.0, 3.0)
