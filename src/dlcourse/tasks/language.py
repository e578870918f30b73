"""Character models: networks that read a text and predict each next character."""

import dataclasses
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.data.catalog import TEXTS
from dlcourse.data.text import COURSE_TEXT, TextBatches, TextData, load_text
from dlcourse.errors import DataError, UsageError, unknown_name
from dlcourse.tasks.family import Family
from dlcourse.training.config import TrainConfig
from dlcourse.training.task import Batch

EVALUATION_BATCH = 100  # windows; the same in train and evaluate, so that the last digits are equal

NETWORKS = {
    "gru": "dlcourse.models.gru:GRU",
    "lstm": "dlcourse.models.lstm:LSTM",
    "rnn": "dlcourse.models.rnn:RNN",
}
# Chosen on the validation part, with one seed. After 12 epochs in batches of 16 the GRU reached
# 1.35 nats at a peak rate of 1e-2, 1.40 at 5e-3 and 1.38 at 2e-2; the LSTM 1.37 at 2e-2 and 1.44 at
# 1e-2; the RNN 1.41 at 2e-2, 1.42 at 1e-2 and 1.44 at 3e-2, with its gradient clipped as without.
RECIPES = {
    ("gru", "course"): TrainConfig(epochs=12, batch_size=16, learning_rate=1e-2),
    ("lstm", "course"): TrainConfig(epochs=12, batch_size=16, learning_rate=2e-2),
    ("rnn", "course"): TrainConfig(epochs=12, batch_size=16, learning_rate=2e-2),
}
OWN_OPTIONS = {"context": 64}  # characters in a window


class Language(Family):
    """Minimize the cross entropy of the next character, at every place of a window of text.

    A batch is (characters, next characters), both (batch, context) ids. Figures: the loss in nats
    and in bits, both per character, and the share of characters that have the highest probability.
    """

    networks = NETWORKS
    recipes = RECIPES
    data_sets = TEXTS
    default_data = "course"
    headline = "bits_per_character"
    example_name = "windows"
    facts_of_outputs = "vocabulary"
    is_input_named = True
    given_by_data = ("vocabulary_size",)
    own_options = OWN_OPTIONS
    loss_name = "cross_entropy"

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean loss per character, in nats."""
        characters, next_characters = batch
        logits = network(characters)  # (batch, context, vocabulary)
        return F.cross_entropy(logits.flatten(0, 1), next_characters.flatten())

    def divisor(self, batch: Batch) -> int:
        """Return the number of characters that are predicted."""
        return batch[1].numel()

    def measure(self, network: nn.Module, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Return the loss in nats and in bits, and the accuracy, per character."""
        characters, next_characters = batch
        count = next_characters.numel()
        logits = network(characters).flatten(0, 1)  # (batch * context, vocabulary)
        targets = next_characters.flatten()
        nats = F.cross_entropy(logits, targets) * count
        num_correct = (logits.argmax(dim=1) == targets).sum()
        return {
            "loss": (nats, count),
            "bits_per_character": (nats / math.log(2), count),
            "accuracy": (num_correct, count),
        }

    def find_recipe(self, data: str) -> TrainConfig:
        """Return the settings for this model on a text: those for the text of this course."""
        return self.recipes[self.model, "course"]

    def check_data(self, data: str) -> None:
        """Raise UsageError for a name that is neither a text of the package nor a file."""
        path = Path(data)
        if path.is_dir():
            remedy = "give a text file, or train a network for images, such as cnn"
            raise UsageError(f"{data} is a folder, not a text file", remedy)
        is_path = data != path.name or path.is_file() or path.suffix != ""
        if data not in TEXTS and not is_path:
            raise unknown_name("text", data, TEXTS)

    def load(
        self,
        data: str,
        data_dir: Path | None = None,
        stream: bool | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> TextData:
        """Load the text of this course, or a text file."""
        self.check_data(data)
        if data in TEXTS:
            return load_text(COURSE_TEXT)
        return load_text(data)

    def about(self, data: TextData) -> dict[str, Any]:
        """Return the vocabulary, a text of all characters in the order of their ids."""
        return {"vocabulary": data.vocabulary}

    def fit_data(self, data: TextData, about: Mapping[str, Any]) -> TextData:
        """Return the text with the ids that its characters have in the network's vocabulary."""
        vocabulary = about["vocabulary"]
        if data.vocabulary == vocabulary:
            return data
        unknown = sorted(set(data.vocabulary) - set(vocabulary))
        if unknown:
            problem = f"the text has characters that the network has not seen: {unknown[:10]}"
            raise UsageError(problem, "evaluate it on a text with the characters of its own text")
        new_ids = torch.tensor([vocabulary.index(character) for character in data.vocabulary])
        parts = (data.train, data.validation, data.test)
        train, validation, test = (new_ids[part.long()] for part in parts)
        return dataclasses.replace(
            data,
            vocabulary=vocabulary,
            train=train,
            validation=validation,
            test=test,
        )

    def make_batches(
        self,
        data: TextData,
        split: str,
        device: torch.device,
        config: TrainConfig | None = None,
        stream: bool | None = None,
    ) -> TextBatches:
        """Return windows of a split, in a new order at each pass where settings are given."""
        ids = getattr(data, split).to(device)
        context = self.options["context"]
        if len(ids) <= context:
            problem = f"the {split} part of {data.source} has {len(ids)} characters"
            takes = f"a window of {context} takes {context + 1}"
            remedy = f"use a text of at least {10 * (context + 1)} characters or a smaller context"
            raise DataError(f"{problem}, and {takes}", remedy)
        if config is None:
            return TextBatches(ids, EVALUATION_BATCH, context)
        if config.augment:
            raise ValueError(f"augment must be empty for a text, got {config.augment!r}")
        generator = torch.Generator().manual_seed(config.seed)
        return TextBatches(ids, config.batch_size, context, generator)

    def summarize(self, data: TextData, about: Mapping[str, Any]) -> list[str]:
        """Say how many characters there are to learn from, to validate and to test."""
        train, validation, test = (len(part) for part in (data.train, data.validation, data.test))
        kinds = f"{len(about['vocabulary'])} different characters"
        windows = f"in windows of {self.options['context']}"
        return [
            f"{kinds}; {train:,} to train {windows}, {validation:,} to validate, {test:,} to test",
            "nothing was left out",
            f"from {data.source}: 80% to train, the next 10% to validate, 10% to test",
        ]

    def build(self, about: Mapping[str, Any]) -> nn.Module:
        """Build the network for a vocabulary."""
        return self.network_class(len(about["vocabulary"]), **self.network_options)

    def example_inputs(self, about: Mapping[str, Any]) -> Tensor:
        """Return one window (1, context) of the first character."""
        return torch.zeros(1, self.options["context"], dtype=torch.long)

    def sample(
        self,
        network: nn.Module,
        about: Mapping[str, Any],
        generator: torch.Generator,
        *,
        length: int = 300,
        temperature: float = 0.8,
        prompt: str = "",
    ) -> str:
        """Return the prompt and `length` further characters, drawn one after another.

        temperature divides the logits: below 1 likely characters become likelier, 0 takes the
        likeliest.
        Raises: UsageError for a prompt with characters that the network has not seen.
        """
        vocabulary = about["vocabulary"]
        start = prompt or "\n"
        if not prompt and "\n" not in vocabulary:
            start = vocabulary[0]
        unknown = sorted(set(start) - set(vocabulary))
        if unknown:
            problem = f"prompt has characters that the network has not seen: {''.join(unknown)!r}"
            raise UsageError(problem, "use characters of the text that it was trained on")
        ids = [vocabulary.index(character) for character in start]
        with torch.inference_mode():
            for _ in range(length):
                window = torch.tensor([ids[-self.options["context"] :]])
                logits = network(window)[0, -1]  # (vocabulary,), for the next character
                ids.append(draw(logits, temperature, generator))
        written = ids[len(start) :]
        return prompt + "".join(vocabulary[one] for one in written)


def draw(logits: Tensor, temperature: float, generator: torch.Generator) -> int:
    """Draw a class from logits (num_classes,); a temperature of 0 takes the likeliest."""
    if temperature == 0:
        return int(logits.argmax())
    probabilities = (logits / temperature).softmax(dim=0)
    return int(torch.multinomial(probabilities, 1, generator=generator))
