"""A small policy network: for each state, how likely each action is."""

from torch import Tensor, nn


class Policy(nn.Module):
    """A policy for numbered states, with one hidden layer.

    Shapes: states (...), int64 from 0 to num_states - 1 -> logits (..., num_actions).
    An embedding holds a row of weights for each state: the product of a weight matrix with a
    one-hot vector, without the multiplication by zeros. There are num_states * hidden_features +
    (hidden_features + 1) * num_actions parameters. At the beginning all actions are equally likely.
    """

    def __init__(
        self,
        num_states: int,
        num_actions: int,
        hidden_features: int = 32,
    ):
        super().__init__()
        self.hidden = nn.Embedding(num_states, hidden_features)
        self.output = nn.Linear(hidden_features, num_actions)
        nn.init.zeros_(self.output.weight)
        nn.init.zeros_(self.output.bias)

    def forward(self, states: Tensor) -> Tensor:
        """Return the logits of the actions."""
        x = self.hidden(states).relu()  # (..., hidden_features)
        return self.output(x)  # (..., num_actions)
