"""Character models with attention, whose attention weights can be drawn."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dlcourse.data.text import TextData
from dlcourse.errors import UsageError
from dlcourse.tasks.language import Language
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import get_rank

NETWORKS = {"gpt": "dlcourse.models.gpt:GPT"}
# Chosen on the validation part, with one seed. After 24 epochs in batches of 16, in 40 CPU seconds,
# it reached 1.39 nats at a peak rate of 2e-2 and 1.41 at 1e-2.
RECIPES = {
    ("gpt", "course"): TrainConfig(epochs=24, batch_size=16, learning_rate=2e-2),
}
OWN_OPTIONS: dict[str, int] = {}  # none: the context is an option of the network
NUM_DRAWN = 24  # characters of the text that a figure has room for


class AttentionLanguage(Language):
    """Minimize the cross entropy of the next character with a network of a fixed context.

    Raises: UsageError when num_heads does not divide embedding_features.
    """

    networks = NETWORKS
    recipes = RECIPES
    own_options = OWN_OPTIONS

    def build(self, about: Mapping[str, Any]) -> nn.Module:
        """Build the network for a vocabulary."""
        try:
            return super().build(about)
        except ValueError as error:
            raise UsageError(str(error), "write for example --set num_heads=1") from error

    def draw_figures(
        self,
        network: Any,
        data: TextData,
        device: torch.device,
        folder: Path,
    ) -> list[Path]:
        """Draw the attention weights at the start of the test text; return the path."""
        path = folder / "attention.png"
        if get_rank() == 0:  # the first process draws for all
            ids = data.test[: min(NUM_DRAWN, self.options["context"])].long()
            with torch.inference_mode():
                maps = network.attention_maps(ids[None].to(device)).cpu()
            characters = [data.vocabulary[one] for one in ids]
            draw_attention(maps[:, 0], characters, path)
        return [path]


def draw_attention(maps: Tensor, characters: list[str], path: Path) -> None:
    """Draw the attention weights of each block (rows of maps) and each head (columns).

    Shapes: maps (num_layers, num_heads, length, length), for a text of `length` characters.
    """
    from matplotlib.figure import Figure  # which a run without figures does without

    from dlcourse.tasks.figure_files import save_figure

    num_layers, num_heads = maps.shape[:2]
    size = (2.5 * num_heads + 0.5, 2.5 * num_layers + 0.5)  # inches
    figure = Figure(figsize=size, layout="constrained")
    figure.suptitle("Attention weights: each row adds up to 1", parse_math=False)
    grid = figure.subplots(num_layers, num_heads, squeeze=False)
    names = ["␣" if character.isspace() else character for character in characters]
    for layer in range(num_layers):
        for head in range(num_heads):
            axes = grid[layer, head]
            axes.imshow(
                maps[layer, head].numpy(),
                cmap="Blues",
                vmin=0,
                vmax=1,
            )
            axes.set_title(f"block {layer + 1}, head {head + 1}", fontsize=9)
            axes.set_xticks(
                range(len(names)),
                names,
                parse_math=False,
                fontsize=6,
            )
            axes.set_yticks(
                range(len(names)),
                names,
                parse_math=False,
                fontsize=6,
            )
    figure.supxlabel("reads from")
    figure.supylabel("place")
    save_figure(figure, path)
