"""A plain recurrent network that reads a text character by character and predicts each next one."""

from torch import Tensor, nn


class RNN(nn.Module):
    """A character model: an embedding, one or more layers of recurrent tanh units, a linear output.

    Shapes: ids (batch, length) of characters -> logits (batch, length, vocabulary_size); those at a
        place depend on the characters up to that place alone. A layer has hidden_features * (its
        inputs + hidden_features + 2) parameters.
    Source: Elman (1990), Finding structure in time, with tanh in place of the sigmoid; the form
        with a second bias is that of cuDNN and PyTorch.
    """

    def __init__(
        self,
        vocabulary_size: int,
        embedding_features: int = 32,
        hidden_features: int = 128,
        num_layers: int = 1,
    ):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, embedding_features)
        self.recurrent = nn.RNN(
            embedding_features,
            hidden_features,
            num_layers,
            batch_first=True,
        )
        self.output = nn.Linear(hidden_features, vocabulary_size)

    def forward(self, ids: Tensor) -> Tensor:
        """Return a row of logits for each place of each text."""
        x = self.embedding(ids)  # (batch, length, embedding_features)
        x, _ = self.recurrent(x)  # (batch, length, hidden_features)
        return self.output(x)  # (batch, length, vocabulary_size)
