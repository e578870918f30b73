"""Six steps down w² with a small, a good and a too large learning rate."""

import matplotlib.pyplot as plt
import torch

names = {0.05: "too small", 0.4: "good", 1.05: "too large"}
curve = torch.linspace(-1.9, 1.9, 200)
size = (3.6, 5.4)
figure, panels = plt.subplots(3, 1, figsize=size, sharex=True, sharey=True)
for axes, rate in zip(panels, names, strict=True):
    w = 1.0
    places = [w]
    for _ in range(6):
        slope = 2 * w
        w = w - rate * slope
        places.append(w)

    heights = [place**2 for place in places]
    axes.plot(curve, curve**2, "k-", alpha=0.6)
    axes.plot(places, heights, "C0o-", markersize=4)
    axes.set_title(f"learning rate {rate}: {names[rate]}", size=11)
    axes.set_ylabel("loss")
panels[2].set_xlabel("w")
plt.show()
