"""Fit the umbrella neuron to ten remembered days."""

import math

import matplotlib.pyplot as plt

# gray of the sky, chance of rain, fullness of the bag,
# and what I did: 1 if I took the umbrella, 0 if I left it at home
days = [
    [0.1, 0.0, 0.2, 0],
    [0.9, 0.8, 0.3, 1],
    [0.4, 0.1, 0.9, 0],
    [1.0, 0.9, 0.9, 1],
    [0.6, 0.3, 0.1, 0],
    [0.3, 0.7, 0.2, 1],
    [0.8, 0.2, 0.7, 0],
    [0.5, 0.5, 0.5, 1],
    [0.9, 0.6, 0.0, 1],
    [0.5, 0.5, 0.5, 0],  # the same day as two lines above, the other choice
]


def neuron(parameters, day):
    """Return a number from 0 (leave the umbrella) to 1 (take it)."""
    w1, w2, w3, b = parameters
    gray, rain, bag, _ = day
    z = w1 * gray + w2 * rain + w3 * bag + b
    return 1 / (1 + math.exp(-z))


def compute_loss(parameters):
    """Return the mean squared error over the ten days."""
    total = 0
    for day in days:
        error = neuron(parameters, day) - day[3]
        total += error**2
    return total / len(days)


nudge = 0.001
learning_rate = 5.0
parameters = [0.0, 0.0, 0.0, 0.0]  # three weights and the bias
outputs_before = [neuron(parameters, day) for day in days]
losses = [compute_loss(parameters)]

for _ in range(100):
    # By how much does the loss change if one of the four numbers grows a bit?
    slopes = []
    for index in range(4):
        nudged = parameters.copy()
        nudged[index] += nudge
        change = compute_loss(nudged) - losses[-1]
        slopes.append(change / nudge)

    # Move each number against its slope, the way that lowers the loss
    for index in range(4):
        parameters[index] -= learning_rate * slopes[index]
    losses.append(compute_loss(parameters))

for step in (0, 1, 2, 5, 10, 20, 50, 100):
    print(f"step {step:3}   loss {losses[step]:.3f}")
names = ["gray", "rain", "bag", "bias"]
for name, parameter in zip(names, parameters, strict=True):
    print(f"{name:<5}{parameter:6.2f}")

hand_loss = compute_loss([1.0, 2.0, -0.5, -1.0])  # the numbers of forward.py
outputs_after = [neuron(parameters, day) for day in days]
choices = [day[3] for day in days]
places = range(1, 11)

figure, (top, bottom) = plt.subplots(2, 1, figsize=(3.72, 4.4))
top.set_title("loss")
top.set_xlabel("step")
top.set_ylim(0, 0.27)
top.plot(losses)

bottom.set_title("output")
bottom.set_xlabel("day")
bottom.set_xticks(places)
bottom.plot(places, choices, "ko", label="what I did")
bottom.plot(places, outputs_before, "C1_", markersize=10, label="step 0")
bottom.plot(places, outputs_after, "C0x", markersize=8, label="step 100")
figure.legend(loc="outside lower center", ncols=3, fontsize=9)
plt.show()
