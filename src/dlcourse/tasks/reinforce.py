"""Policies that learn from rewards: REINFORCE, on maps of places."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.data.catalog import ENVIRONMENTS
from dlcourse.data.environments import (
    ENDED,
    Environment,
    Episodes,
    find_values,
    load_environment,
    make_environment,
)
from dlcourse.errors import DataError, UsageError, unknown_name
from dlcourse.tasks.family import Family
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import get_rank
from dlcourse.training.task import Batch

EPISODES_AN_EPOCH = 640
EVALUATION_EPISODES = 500
ARROWS = "<>^v"  # of the actions
EVALUATION_SEEDS = {"train": 1, "validation": 2, "test": 3}

NETWORKS = {"reinforce": "dlcourse.models.policy:Policy"}
# Two seeds reach 0.999 of the best possible return in the corridor and in the grid. Rates of 0.05
# and 0.1 are there sooner. But with a coin worth 2 they settle on the goal, at 0.81 of what the
# coins would bring, on one and on both of the seeds.
RECIPE = TrainConfig(
    epochs=10,
    batch_size=32,
    learning_rate=0.02,
    weight_decay=0.0,
)
RECIPES = {("reinforce", name): RECIPE for name in ENVIRONMENTS}
OWN_OPTIONS = {
    "discount": 0.9,  # how much a reward counts that comes a step later
    "coin": 0.0,  # reward
    "max_steps": 100,  # of an episode
}


class Reinforce(Family):
    """Make actions likelier, the more reward followed them. Source: Williams (1992).

    A batch is one of data.environments.Episodes; the network plays it before it learns from it.
    Figures: mean_return, the discounted return of an episode in units of reward, where the goal is
    worth 10; share_of_optimum, the same divided by the largest possible return; arrived, the share
    of episodes that end at the goal. There is no loss among them: its value says nothing of how
    well a policy does.
    """

    networks = NETWORKS
    recipes = RECIPES
    other_recipe = RECIPE
    data_sets = ENVIRONMENTS
    default_data = "corridor"
    metric = "mean_return"
    is_higher_better = True
    headline = "share_of_optimum"
    example_name = "episodes"
    facts_of_outputs = "actions"
    given_by_data = ("num_states", "num_actions")
    own_options = OWN_OPTIONS
    loss_name = "policy_gradient"

    def __init__(self, model: str, options: Mapping[str, Any] | None = None):
        super().__init__(model, options)
        self.discount: float = self.options["discount"]
        if self.discount > 1:
            problem = f"discount must be from 0 to 1, got {self.discount}"
            raise UsageError(problem, "write for example --set discount=0.9")

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Play the episodes; return a loss whose gradient is that of minus the mean return.

        It is an estimate: exact in the mean over all episodes that the policy may play.
        """
        states, actions, rewards, _ = play(network, batch)  # (batch, steps) each
        discounted = self.discount_rewards(rewards)
        later = discounted.flip(1).cumsum(dim=1).flip(1)  # what an action was followed by
        logits = network(states.clamp(min=0))  # (batch, steps, actions)
        costs = F.cross_entropy(logits.flatten(0, 1), actions.flatten(), reduction="none")
        # After the end of an episode there is no reward, so the actions there count nothing.
        return (costs.view_as(later) * later).sum(dim=1).mean()

    def discount_rewards(self, rewards: Tensor) -> Tensor:
        """Return rewards (batch, steps), each times the discount to the power of its step."""
        steps = torch.arange(rewards.shape[1], device=rewards.device)
        return rewards * self.discount**steps

    def measure(self, network: nn.Module, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Play the episodes; return the sums of their returns, and how many arrive."""
        best_returns = batch[-1]
        _, _, rewards, is_over = play(network, batch)
        returns = self.discount_rewards(rewards).sum(dim=1)
        count = len(returns)
        return {
            "mean_return": (returns.sum(), count),
            "share_of_optimum": ((returns / best_returns).sum(), count),
            "arrived": (is_over.sum(), count),
        }

    def check_data(self, data: str) -> None:
        """Raise UsageError for a name that is neither an environment nor a file."""
        if data not in ENVIRONMENTS and not Path(data).is_file():
            raise unknown_name("environment or file with a map", data, ENVIRONMENTS)

    def load(
        self,
        data: str,
        data_dir: Path | None = None,
        stream: bool | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> Environment:
        """Load the corridor, the grid, or a text file with a map of your own.

        Raises: DataError for a map on which no reward can be reached.
        """
        self.check_data(data)
        environment = load_environment(data, self.options["coin"])
        values = find_values(environment, self.discount, self.options["max_steps"])
        if values[environment.start] == 0:
            problem = f"no reward can be reached from the start of {data}"
            raise DataError(problem, "open a way to the goal, or raise max_steps or discount")
        return environment

    def about(self, data: Environment) -> dict[str, Any]:
        """Return the rows of the map and the names of the actions."""
        return {"rows": list(data.rows), "actions": list(data.actions)}

    def fit_data(self, data: Environment, about: Mapping[str, Any]) -> Environment:
        """Return the environment; refuse another map, whose places are other states."""
        if about["rows"] != list(data.rows):
            problem = f"the run was trained on the map {' '.join(about['rows'])}"
            raise UsageError(problem, "evaluate it on the same map")
        return data

    def make_batches(
        self,
        data: Environment,
        split: str,
        device: torch.device,
        config: TrainConfig | None = None,
        stream: bool | None = None,
    ) -> Episodes:
        """Return episodes to be played, with new dice at each pass where settings are given."""
        steps = self.options["max_steps"]
        if config is None:
            seed = EVALUATION_SEEDS[split]
            size = EVALUATION_EPISODES
            return Episodes(data, size, size, steps, self.discount, seed=seed)
        if config.augment:
            raise ValueError(f"augment must be empty for a map, got {config.augment!r}")
        generator = torch.Generator().manual_seed(config.seed)
        size = config.batch_size
        return Episodes(
            data,
            EPISODES_AN_EPOCH,
            size,
            steps,
            self.discount,
            generator,
        )

    def summarize(self, data: Environment, about: Mapping[str, Any]) -> list[str]:
        """Draw the map, and say what the best and a random policy get."""
        steps = self.options["max_steps"]
        equal = torch.full(data.rewards.shape, 1 / len(data.actions))
        best = find_values(data, self.discount, steps)[data.start]
        random = find_values(data, self.discount, steps, equal)[data.start]
        return [
            *data.rows,
            f"S start, G goal worth 10, c coin worth {self.options['coin']:g}, # wall",
            f"the best mean return is {best:.3f}, random actions get {random:.3f}",
        ]

    def build(self, about: Mapping[str, Any]) -> nn.Module:
        """Build the policy network for the places and actions of a map."""
        num_states = len("".join(about["rows"]))
        return self.network_class(num_states, len(about["actions"]), **self.network_options)

    def example_inputs(self, about: Mapping[str, Any]) -> Tensor:
        """Return the first state (1,)."""
        return torch.zeros(1, dtype=torch.long)

    def draw_figures(
        self,
        network: nn.Module,
        data: Environment,
        device: torch.device,
        folder: Path,
    ) -> list[Path]:
        """Draw the policy as arrows on the values of the places; return the path."""
        path = folder / "policy.png"
        if get_rank() == 0:  # the first process draws for all
            from dlcourse.tasks.reinforce_figures import draw_policy  # Matplotlib

            states = torch.arange(len(data.rewards), device=device)
            with torch.inference_mode():
                probabilities = network(states).softmax(dim=1).cpu()
            draw_policy(
                data,
                probabilities,
                self.discount,
                self.options["max_steps"],
                path,
            )
        return [path]

    def sample(
        self,
        network: nn.Module,
        about: Mapping[str, Any],
        generator: torch.Generator,
    ) -> str:
        """Play an episode; return the map, the moves as < > ^ v, and the return."""
        environment = make_environment("\n".join(about["rows"]), self.options["coin"])
        steps = self.options["max_steps"]
        (batch,) = Episodes(environment, 1, 1, steps, self.discount, generator)
        _, actions, rewards, is_over = play(network, batch)
        moves = "".join(ARROWS[action] for action in actions[0].tolist())
        earned = self.discount_rewards(rewards).sum()
        end = "at the goal" if is_over[0] else "not at the goal"
        last_line = f"{len(moves)} steps, {end}; discounted return {earned:.3f}"
        return "\n".join([*environment.rows, moves, last_line])


@torch.no_grad()
def play(network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Play a batch of episodes with the network's policy, until the last one is over.

    Returns states, actions and rewards, each (batch, steps), and which episodes are over (batch,).
    After its end, an episode has the state ENDED and the reward 0.
    """
    dice, state, next_states, rewards, _ = batch
    episodes = torch.arange(len(dice), device=dice.device)
    played = []
    for die in dice.unbind(dim=1):  # (batch,)
        is_over = state == ENDED
        if is_over.all():
            break
        place = state.clamp(min=0)  # any place will do after the end
        action = choose(network(place), die)
        reward = rewards[episodes, place, action].masked_fill(is_over, 0.0)
        played.append((state, action, reward))
        state = next_states[episodes, place, action].masked_fill(is_over, ENDED)
    columns = [torch.stack(column, dim=1) for column in zip(*played, strict=True)]
    return columns[0], columns[1], columns[2], state == ENDED


def choose(logits: Tensor, die: Tensor) -> Tensor:
    """Choose actions (batch,) from logits (batch, actions), by numbers from 0 to 1 (batch,).

    The numbers from 0 to 1 are divided among the actions; each gets its probability as its share.
    """
    upper_ends = logits.softmax(dim=1).cumsum(dim=1)
    inner_ends = upper_ends[:, :-1]  # the last one is 1, but for rounding
    return (die[:, None] > inner_ends).sum(dim=1)
