"""A leaky integrate-and-fire neuron: what time does to a constant input."""

num_steps = 40  # milliseconds
threshold = 1.0
leak = 0.9  # what is left of the voltage after a millisecond


def spike_train(current):
    """Return one character a millisecond: | for a spike, . for silence."""
    train = ""
    voltage = 0.0
    for _ in range(num_steps):
        voltage = leak * voltage + current
        if voltage > threshold:
            train += "|"
            voltage = 0.0  # after a spike it starts again
        else:
            train += "."
    return train


for current in (0.05, 0.12, 0.2, 0.4):
    print(f"{current:.2f} {spike_train(current)}")
assert "|" not in spike_train(0.1)  # leaks as fast as it fills
