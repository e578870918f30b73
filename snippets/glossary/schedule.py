"""Up in a line, then down, as a share of the highest rate."""

from dlcourse.training.schedule import one_cycle

for step in (0, 2, 4, 11):
    share = one_cycle(step, total_steps=12)
    print(f"step {step:2}: {share:.2f}")
