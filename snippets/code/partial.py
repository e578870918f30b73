"""Two inputs: nudge one at a time and keep the other where it is."""


def loss(w, b):
    """Return the squared error of a neuron: its input is 2, its target 1."""
    prediction = w * 2 + b
    return (prediction - 1) ** 2


w = 1.5
b = 0.5
nudge = 0.001

slope_w = (loss(w + nudge, b) - loss(w, b)) / nudge
slope_b = (loss(w, b + nudge) - loss(w, b)) / nudge
print(f"loss {loss(w, b):.2f}")
print(f"slopes: for w {slope_w:.2f}, for b {slope_b:.2f}")
