"""The exit ticket's neuron: w = (2, -1), b = 0.5, ReLU; and three slips."""

w, b = [2.0, -1.0], 0.5


def relu(z):
    """Return z where it is positive, else 0."""
    return max(0.0, z)


for name, x in {"A": [2.0, 3.0], "B": [1.0, 3.0]}.items():
    z = w[0] * x[0] + w[1] * x[1] + b
    print(f"{name}: right {relu(z)} | no bias {relu(z - b)} |", end=" ")
    lost = relu(w[0] * x[0] - w[1] * x[1] + b)
    print(f"no activation {z} | lost minus {lost}")
