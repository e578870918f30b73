"""How much the estimated gradient scatters, for four baselines."""

import torch
import torch.nn.functional as F

from dlcourse.data.environments import Episodes, load_environment
from dlcourse.models.policy import Policy
from dlcourse.tasks.reinforce import play

discount = 0.9


def estimate(baseline, coin=2, num_batches=40):
    """Return the mean of the slope for "right", and its deviation."""
    corridor = load_environment("corridor", coin)
    torch.manual_seed(0)
    policy = Policy(num_states=7, num_actions=2)  # left and right: 1/2 each
    generator = torch.Generator().manual_seed(0)
    batches = Episodes(
        corridor,
        32 * num_batches,
        32,
        100,
        discount,
        generator,
    )
    gradients = []
    for batch in batches:
        states, actions, rewards, _ = play(policy, batch)
        weights = discount ** torch.arange(rewards.shape[1])
        later = (rewards * weights).flip(1).cumsum(dim=1).flip(1)
        is_running = states >= 0
        advantages = (later - baseline * weights) * is_running
        logits = policy(states.clamp(min=0)).transpose(1, 2)
        costs = F.cross_entropy(logits, actions, reduction="none")
        loss = (costs * advantages).sum(dim=1).mean()
        (gradient,) = torch.autograd.grad(loss, policy.output.bias)
        gradients.append(-gradient[1])
    gradients = torch.stack(gradients)
    return gradients.mean().item(), gradients.std().item()


print("baseline  slope  standard deviation")
deviations = {}
for baseline in (0, 2, 4, 8, 12):
    mean, deviations[baseline] = estimate(baseline)
    print(f"{baseline:8}{mean:7.1f}{deviations[baseline]:20.1f}")
