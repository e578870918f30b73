"""The best actions in the same corridor, for two discounts."""

import matplotlib.pyplot as plt

from dlcourse.data.environments import find_values, load_environment

corridor = load_environment("corridor", coin=0.5)
figure, panels = plt.subplots(
    2,
    1,
    figsize=(4.2, 2.4),
    layout="constrained",
)
for axes, discount in zip(panels, (0.9, 0.99), strict=True):
    values = find_values(corridor, discount, num_steps=2000).tolist()
    values[6] = 0.0  # the episode is over there
    for cell in range(6):
        right = discount * values[cell + 1]
        if cell == 5:
            right = 10
        left = discount * values[max(cell - 1, 0)]
        if cell == 1:
            right += 0.5
        if cell == 3:
            left += 0.5
        direction = 0.6 if right > left else -0.6
        tail = cell - direction / 2
        axes.arrow(
            tail,
            0,
            direction,
            0,
            color="C0",
            width=0.06,
            head_width=0.3,
            head_length=0.25,
            length_includes_head=True,
        )
    for edge in range(8):
        axes.axvline(edge - 0.5, color="gray", linewidth=0.8)
    axes.text(
        2,
        0.32,
        "coin",
        ha="center",
        va="center",
    )
    axes.text(6, 0, "goal", ha="center", va="center")
    axes.set(xlim=(-0.5, 6.5), ylim=(-0.5, 0.5), yticks=[])
    axes.set(xticks=range(7), title=f"discount {discount}")
plt.show()
