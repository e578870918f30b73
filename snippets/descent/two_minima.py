"""One curve with two minima: start and learning rate decide between them."""

import matplotlib.pyplot as plt
import torch


def loss(w):
    """Return the loss, with a deep valley at the left."""
    return w**4 - 2 * w**2 + 0.5 * w


def descend(w, rate):
    """Return the places of forty steps from w."""
    places = [w]
    for _ in range(40):
        slope = 4 * w**3 - 4 * w + 0.5
        w = w - rate * slope
        places.append(w)
    return places


def draw(axes, places, style):
    """Draw the steps on the curve."""
    heights = [loss(w) for w in places]
    axes.plot(places, heights, style, markersize=4)


figure, panels = plt.subplots(2, 1, figsize=(3.6, 4.6), sharex=True)
curve = torch.linspace(-1.75, 1.75, 200)
for axes in panels:
    axes.plot(curve, loss(curve), "k-", alpha=0.6)
    axes.set(ylabel="loss", ylim=(-2, 3))

left = descend(0.0, rate=0.04)
right = descend(0.25, rate=0.04)
draw(panels[0], left, "C0o-")
draw(panels[0], right, "C1s-")
panels[0].set_title("two starts, one learning rate")

far = descend(1.6, rate=0.15)
near = descend(1.6, rate=0.04)
draw(panels[1], far, "C0o-")
draw(panels[1], near, "C1s-")
panels[1].set_title("one start, two learning rates")
panels[1].set_xlabel("w")
plt.show()

assert loss(left[-1]) < loss(right[-1])
assert loss(far[-1]) < loss(near[-1])
