"""Environments for reinforcement learning: maps, as tables of what each action leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Generator, Tensor

from dlcourse.errors import DataError

MAPS = {  # S start, G goal, c coin, # wall, . free
    "corridor": "S.c...G",
    "grid": "S.#...\n..#.#.\n..c.#.\n.#....\n.#...G",
}
SIGNS = "SGc#."
GOAL_REWARD = 10.0
MOVES = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}  # row, column
ENDED = -1  # in place of a state: the episode is over


@dataclass(frozen=True)
class Environment:
    """A map on which an agent moves from place to place, and what each move leads to.

    A state is the number of a place, counted row by row. A move against a wall or the border leads
    nowhere. Reaching the goal is worth GOAL_REWARD and ends the episode; a coin is worth its value
    each time its place is entered.

    Shapes: next_states and rewards (states, actions); the next state is ENDED at the goal.
    """

    rows: tuple[str, ...]
    actions: tuple[str, ...]
    next_states: Tensor
    rewards: Tensor

    @property
    def start(self) -> int:
        """The state in which every episode begins."""
        return "".join(self.rows).index("S")


def load_environment(data: str, coin: float = 0.0) -> Environment:
    """Load one of MAPS by its name, or a text file that holds a map.

    Raises: DataError for a file that holds none.
    """
    if data in MAPS:
        return make_environment(MAPS[data], coin)
    text = Path(data).read_text("utf-8-sig", "replace")
    return make_environment(text, coin, data)


def make_environment(text: str, coin: float = 0.0, source: str = "the text") -> Environment:
    """Return the environment of a map; source is its name in an error message.

    Raises: DataError for a text that is not a map with one start and a goal.
    """
    rows = tuple(text.split())
    signs = "".join(rows)
    is_rectangle = len(set(map(len, rows))) == 1
    has_ends = signs.count("S") == 1 and "G" in signs
    if not is_rectangle or not has_ends or set(signs) - set(SIGNS):
        problem = f"{source} is not a map with one start S and a goal G"
        raise DataError(problem, f"use the signs {' '.join(SIGNS)} in lines of equal length")
    actions = tuple(MOVES) if len(rows) > 1 else ("left", "right")
    next_states = torch.empty(len(signs), len(actions), dtype=torch.long)
    rewards = torch.zeros(len(signs), len(actions))
    for state in range(len(signs)):
        for number, action in enumerate(actions):
            reached = move(rows, state, action)
            next_states[state, number] = reached
            if signs[reached] == "G":
                next_states[state, number] = ENDED
                rewards[state, number] = GOAL_REWARD
            elif signs[reached] == "c" and reached != state:
                rewards[state, number] = coin
    return Environment(rows, actions, next_states, rewards)


def move(rows: tuple[str, ...], state: int, action: str) -> int:
    """Return the state that an action leads to: the same one at a wall or at the border."""
    row, column = divmod(state, len(rows[0]))
    down, right = MOVES[action]
    row += down
    column += right
    is_inside = 0 <= row < len(rows) and 0 <= column < len(rows[0])
    if not is_inside or rows[row][column] == "#":
        return state
    return row * len(rows[0]) + column


def find_values(
    environment: Environment,
    discount: float,
    num_steps: int,
    probabilities: Tensor | None = None,
) -> Tensor:
    """Return the expected return from each state within num_steps, in units of reward: (states,).

    probabilities (states, actions) are those of a policy; without them it is the best one, and this
    is value iteration. Source: Bellman (1957), Dynamic programming.
    """
    next_states = environment.next_states
    goes_on = next_states != ENDED
    values = torch.zeros(len(next_states), dtype=torch.float64)
    for _ in range(num_steps):
        later = values[next_states.clamp(min=0)] * goes_on  # (states, actions)
        action_values = environment.rewards + discount * later
        if probabilities is None:
            values = action_values.amax(dim=1)
        else:
            values = (probabilities * action_values).sum(dim=1)
    return values


class Episodes:
    """Batches of episodes that are still to be played: the environment, and the dice of each step.

    A batch is (dice, starts, next_states, rewards, best_returns), with an episode a row. Dice are
    numbers from 0 to 1 that choose the actions. So an episode depends on nothing but its row and
    the policy: it is the same in a smaller batch, in another process and after a resumed run.
    best_returns are the largest possible ones. With a generator each pass has new dice; without
    one, each pass has those of the seed.

    Shapes: (batch, max_steps), (batch,), (batch, states, actions) twice, (batch,).
    """

    def __init__(
        self,
        environment: Environment,
        num_episodes: int,
        batch_size: int,
        max_steps: int,
        discount: float,
        generator: Generator | None = None,
        seed: int = 0,
    ):
        best_return = find_values(environment, discount, max_steps)[environment.start]
        self.parts = [  # the same for each episode
            torch.tensor(environment.start),
            environment.next_states,
            environment.rewards,
            best_return.float(),
        ]
        self.num_episodes = num_episodes
        self.batch_size = batch_size
        self.max_steps = max_steps
        self.generator = generator
        self.seed = seed

    @property
    def place(self) -> str:
        """How many episodes an epoch has, in words for the user."""
        return f"{self.num_episodes:,} episodes an epoch, of at most {self.max_steps:,} steps"

    def __len__(self) -> int:
        return -(-self.num_episodes // self.batch_size)

    def __iter__(self) -> Iterator[list[Tensor]]:
        generator = self.generator
        if generator is None:
            generator = torch.Generator().manual_seed(self.seed)
        for first in range(0, self.num_episodes, self.batch_size):
            size = min(self.batch_size, self.num_episodes - first)
            dice = torch.rand(size, self.max_steps, generator=generator)
            yield [dice, *(part.expand(size, *part.shape) for part in self.parts)]
