"""REINFORCE: actions that were followed by more reward become likelier."""

import torch
import torch.nn.functional as F

from dlcourse.data.environments import Episodes, load_environment
from dlcourse.models.policy import Policy
from dlcourse.tasks.reinforce import play

discount = 0.9
corridor = load_environment("corridor", coin=0.5)
torch.manual_seed(0)
policy = Policy(num_states=7, num_actions=2)
optimizer = torch.optim.Adam(policy.parameters(), lr=0.02)
generator = torch.Generator().manual_seed(0)
batches = Episodes(corridor, 3200, 32, 100, discount, generator)

for number, batch in enumerate(batches):
    # A row for each episode; -1 is the state after its end
    states, actions, rewards, _ = play(policy, batch)
    weights = discount ** torch.arange(rewards.shape[1])
    discounted = rewards * weights
    later = discounted.flip(1).cumsum(dim=1).flip(1)  # from here to the end

    logits = policy(states.clamp(min=0))  # for each episode, step and action
    costs = F.cross_entropy(logits.transpose(1, 2), actions, reduction="none")
    loss = (costs * later).sum(dim=1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

    if number in (0, 9, 29, 99):
        mean_return = discounted.sum(dim=1).mean()
        share = mean_return / batch[-1][0]  # of the largest possible return
        print(f"update {number + 1:3}: {mean_return:.2f}, {share:.0%}")
