"""A text file as the ids of its characters, and mini-batches of windows of them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from torch import Generator, Tensor

from dlcourse.errors import DataError

COURSE_TEXT = Path(__file__).with_name("course.txt")  # see data.course_text
MEND = "give a file of plain text, saved as UTF-8"


@dataclass(frozen=True, eq=False)
class TextData:
    """A text in three parts that follow one another; a character's id is its place in the vocabulary.

    Shapes: train, validation and test (num_characters,), uint8, or int32 for a vocabulary of more than 256.
    """

    vocabulary: str  # every character of the three parts, in Unicode's order
    train: Tensor
    validation: Tensor
    test: Tensor


def load_text(path: Path | str = COURSE_TEXT) -> TextData:
    """Load a text file: the first 80 % to train on, the next 10 % to validate, the rest to test.

    Its units are characters, not bytes: no letter of any script is torn, and a loss is that of a character.
    Line ends become "\\n", and a byte order mark is left out. The file is never in memory as a whole.
    Raises: DataError when it is not there, is empty, or is no text in UTF-8 (naming the first wrong byte).
    """
    path = Path(path)
    if not path.is_file():
        raise DataError(f"there is no file {path}", MEND)
    vocabulary = "".join(sorted(set(chain.from_iterable(_read(path)))))
    if not vocabulary or "\0" in vocabulary:
        raise DataError(
            f"{path} {'has zero bytes, as no text has' if vocabulary else 'is empty'}", MEND
        )
    id_of = {character: place for place, character in enumerate(vocabulary)}
    kind = np.uint8 if len(vocabulary) <= 256 else np.int32
    ids = np.fromiter(map(id_of.__getitem__, chain.from_iterable(_read(path))), kind)
    ends = [len(ids) * 8 // 10, len(ids) * 9 // 10]
    return TextData(vocabulary, *torch.from_numpy(ids).tensor_split(ends))


def _read(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        text = io.TextIOWrapper(file, "utf-8-sig")
        try:
            while piece := text.read(2**20):
                yield piece
        except UnicodeDecodeError as error:
            byte = file.tell() - len(error.object) + error.start
            raise DataError(f"{path} is no text in UTF-8 from byte {byte:,} on", MEND) from error


class TextBatches:
    """Mini-batches of windows that stand side by side in a text, made on the device where its ids are.

    Every pass yields pairs (inputs, targets): a character's target is the next one. With a generator each
    pass draws from it where the first window begins, and the order. Without one they begin with the text, in
    its order, and the characters at its end that fill no window are left out.

    Shapes: ids (num_characters,) -> inputs and targets (batch, context), int64.
    Raises: DataError when the ids fill no window; ValueError when batch_size or context is below 1.
    """

    def __init__(
        self, ids: Tensor, batch_size: int, context: int, generator: Generator | None = None
    ):
        if batch_size < 1 or context < 1:
            raise ValueError(
                f"batch_size and context must be at least 1, got {batch_size} and {context}"
            )
        if len(ids) <= context:
            problem = (
                f"{len(ids)} characters hold no window of {context} and the character after it"
            )
            raise DataError(problem, "give a longer text, or a smaller context")
        self.windows = ids.unfold(
            0, context + 1, 1
        )  # (every start, context + 1): a view, no copies
        self.starts = torch.arange(0, len(self.windows), context)
        self.batch_size = batch_size
        self.generator = generator

    @property
    def place(self) -> str:
        """How large the text is and where it is while a network learns it, for people."""
        return f"{len(self.starts):,} windows kept in memory"

    def __len__(self) -> int:
        return -(-len(self.starts) // self.batch_size)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        starts = self.starts
        if (
            self.generator is not None
        ):  # a GRU ends at 1.464 nats so, at 1.482 without the shift (3 seeds)
            shift = torch.randint(len(self.windows), (), generator=self.generator)
            order = torch.randperm(len(starts), generator=self.generator)
            starts = (starts + shift)[order] % len(
                self.windows
            )  # behind the end, on from the beginning
        for chosen in starts.to(self.windows.device).split(self.batch_size):
            windows = self.windows.index_select(0, chosen).long()
            yield windows[:, :-1], windows[:, 1:]
