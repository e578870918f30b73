"""Up in a line, then down, as a share of the highest rate."""

from dlcourse.training.schedule import one_cycle

rates = [one_cycle(step, total_steps=12) for step in range(12)]
print(" ".join(f"{rate:.2f}" for rate in rates))
