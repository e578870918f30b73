"""The exit ticket's neuron: w = (2, -1), b = 0.5, ReLU; and three slips."""

w = [2.0, -1.0]
b = 0.5


def relu(z):
    """Return z where it is positive, else 0."""
    return max(0.0, z)


def print_answers(name, x1, x2):
    """Print the correct output for an input, and what each slip gives."""
    z = w[0] * x1 + w[1] * x2 + b
    lost_minus = relu(w[0] * x1 - w[1] * x2 + b)
    print(f"{name}: correct {relu(z)} | no bias {relu(z - b)} |", end=" ")
    print(f"no activation {z} | lost minus {lost_minus}")


print_answers("A", 2.0, 3.0)
print_answers("B", 1.0, 3.0)
