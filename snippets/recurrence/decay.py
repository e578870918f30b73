"""What a forget gate keeps after each step, for biases from 0 to 5."""

import math

import matplotlib.pyplot as plt

biases = (0, 1, 2, 3, 4, 5)
steps = range(111)
left_after_40 = []
for bias in biases:
    figure, axes = plt.subplots(figsize=(3.6, 2.4))
    for other in biases[: bias + 1]:
        gate = 1 / (1 + math.exp(-other))
        shares = [gate**step for step in steps]
        is_new = other == bias
        axes.plot(
            steps,
            shares,
            color="C0" if is_new else "C5",
            linewidth=2.5 if is_new else 1,
        )
    half_life = math.log(0.5) / math.log(gate)  # of the new one
    axes.plot([half_life], [0.5], "C1o")
    axes.axhline(0.5, color="black", linewidth=0.8, linestyle=":")
    axes.set(xlim=(0, 110), ylim=(0, 1.03), xlabel="steps")
    axes.set_ylabel("share left")
    left_after_40.append(shares[40])
    print(f"bias {bias}: half is left after {half_life:.1f} steps,", end=" ")
    print(f"a share of {shares[40]:.2g} after 40 steps")
plt.show()
