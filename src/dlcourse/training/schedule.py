"""The learning rate at every step, in closed form: nothing to save, nothing to restore."""

import math


def one_cycle(
    step: int, total_steps: int, *, warmup: float = 0.25, schedule: str = "linear"
) -> float:
    """Return the share of the peak learning rate at a step: up in a line, then down.

    The peak, 1, is the first step after the warm-up. "linear" and "cosine" then fall towards 0,
    which they would reach one step after the last: no step is wasted on a rate of 0. "constant"
    stays at the peak.

    Units: step counts from 0 to total_steps - 1; warmup is a share of total_steps.
    Raises: ValueError for a step outside its range or an unknown schedule.
    Source: Smith, Topin (2017), Super-convergence; Loshchilov, Hutter (2017), SGDR, for the cosine.
    """
    if not 0 <= step < total_steps:
        raise ValueError(f"step must be from 0 to {total_steps - 1}, got {step}")
    warmup_steps = min(
        round(warmup * total_steps), total_steps - 1
    )  # at least the last step is at the peak
    if step < warmup_steps:
        return (step + 1) / (warmup_steps + 1)
    progress = (step - warmup_steps) / (
        total_steps - warmup_steps
    )  # 0 at the peak, below 1 at the last step
    if schedule == "linear":
        return 1 - progress
    if schedule == "cosine":
        return (1 + math.cos(math.pi * progress)) / 2
    if schedule == "constant":
        return 1.0
    raise ValueError(f"schedule must be linear, cosine or constant, got {schedule!r}")
