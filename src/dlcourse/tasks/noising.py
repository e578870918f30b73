"""How a diffusion model adds noise to examples, and how it removes noise step by step."""

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor

NUM_LEVELS = 1000  # noise levels that a network learns
Predict = Callable[[Tensor, Tensor], Tensor]  # (noisy examples, levels from 0 to 1) -> the noise


def make_schedule(num_levels: int = NUM_LEVELS) -> Tensor:
    """Return the share of the variance that is still the example's, (num_levels + 1,), from 1 to 0.

    Each level adds noise of variance beta, and beta grows in a straight line. With fewer levels
    each one adds more, so that the last share is about the same.
    Source: Ho, Jain, Abbeel (2020): beta from 0.0001 to 0.02, 1,000 levels.
    """
    betas = (
        torch.linspace(
            0.0001,
            0.02,
            num_levels,
            dtype=torch.float64,
        )
        * 1000
        / num_levels
    )
    shares = (1 - betas).cumprod(dim=0)
    return torch.cat([torch.ones(1, dtype=torch.float64), shares])


def add_noise(examples: Tensor, noise: Tensor, shares: Tensor) -> Tensor:
    """Return noisy examples; where both parts have variance 1, the result has variance 1, too.

    Shapes: examples and noise (batch, ...), shares (batch,) from make_schedule.
    """
    shares = shares.to(examples).view(-1, *[1] * (examples.dim() - 1))  # one for each example
    return shares.sqrt() * examples + (1 - shares).sqrt() * noise


@torch.no_grad()
def remove_noise(
    predict: Predict,
    noise: Tensor,
    num_steps: int = 100,
    *,
    generator: torch.Generator | None = None,
    fresh: float = 1.0,
    limit: float = torch.inf,
) -> list[Tensor]:
    """Return num_steps + 1 tensors (batch, ...), from the noise to the finished examples.

    fresh: the share of the fresh noise of Ho and others that each step draws, from 0 to 1. With 0
    nothing is drawn, and the predicted noise takes its place. limit: the largest absolute value of
    an example.
    Raises: ValueError for more steps than levels.
    Source: Song, Meng, Ermon (2021), Denoising diffusion implicit models, equation 12.
    """
    if not 1 <= num_steps <= NUM_LEVELS:
        raise ValueError(f"num_steps must be from 1 to {NUM_LEVELS}, got {num_steps}")
    schedule = make_schedule().to(noise)
    levels = torch.linspace(NUM_LEVELS, 0, num_steps + 1).round().long().tolist()
    x = noise
    frames = [x]
    for level, next_level in pairwise(levels):
        share = schedule[level]
        next_share = schedule[next_level]
        predicted = predict(x, x.new_full((len(x),), level / NUM_LEVELS))
        clean = (x - (1 - share).sqrt() * predicted) / share.sqrt()
        clean = clean.clamp(-limit, limit)
        predicted = (x - share.sqrt() * clean) / (1 - share).sqrt()

        # The variances of the three parts add up to 1.
        drawn = fresh**2 * (1 - share / next_share) * (1 - next_share) / (1 - share)
        kept = (1 - next_share - drawn).clamp(min=0)
        noise = torch.randn(x.shape, generator=generator, dtype=x.dtype).to(x.device)
        x = next_share.sqrt() * clean + kept.sqrt() * predicted + drawn.sqrt() * noise
        frames.append(x)
    return frames
