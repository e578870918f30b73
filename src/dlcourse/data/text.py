"""A text file as the ids of its characters, and mini-batches of windows of these ids."""

import hashlib
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from torch import Generator, Tensor

from dlcourse.errors import DataError
from dlcourse.paths import expand_path

COURSE_TEXT = Path(__file__).with_name("course.txt")  # see data.course_text
REMEDY = "give a file of plain text, saved as UTF-8"
PIECE_CHARACTERS = 2**20


@dataclass(frozen=True, eq=False)
class TextData:
    """A text in three parts that follow one another.

    The id of a character is its place in the vocabulary.

    Shapes: train, validation and test (num_characters,), uint8, or int32 for a vocabulary of more
        than 256 characters.
    """

    vocabulary: str  # every character of the three parts, in Unicode's order
    train: Tensor
    validation: Tensor
    test: Tensor
    source: str = ""  # the file that it came from
    digest: str = ""  # a checksum of all characters


def load_text(path: Path | str = COURSE_TEXT) -> TextData:
    """Load a text file: the first 80% for training, the next 10% for validation, the rest to test.

    Its units are characters, not bytes. So no letter of any script is split, and a loss is that of
    a character. A character is a code point of Unicode: where a script writes a vowel sign or an
    accent as a code point of its own, the network learns that it follows its letter. Letters
    together with their signs would need many more ids, and a text meets new ones at any place.
    Line ends become "\\n", and a byte order mark is left out. The whole file is never
    in memory at once.

    Raises: DataError when the file does not exist, is empty, or is not a text in UTF-8; the error
        names the first wrong byte.
    """
    path = Path(expand_path(path))
    if not path.is_file():
        raise DataError(f"there is no file {path}", REMEDY)
    characters: set[str] = set()
    num_characters = 0
    for piece in _read_pieces(path):
        characters.update(piece)
        num_characters += len(piece)
    vocabulary = "".join(sorted(characters))
    if not vocabulary:
        raise DataError(f"{path} is empty", REMEDY)
    if "\0" in vocabulary:
        raise DataError(f"{path} contains zero bytes, which a text never does", REMEDY)

    id_of = {character: place for place, character in enumerate(vocabulary)}
    dtype = np.uint8 if len(vocabulary) <= 256 else np.int32
    all_characters = chain.from_iterable(_read_pieces(path))
    ids = np.fromiter(map(id_of.__getitem__, all_characters), dtype, num_characters)
    train_end = len(ids) * 8 // 10
    validation_end = len(ids) * 9 // 10
    parts = torch.from_numpy(ids).tensor_split([train_end, validation_end])
    train, validation, test = parts
    digest = hashlib.sha256(vocabulary.encode())
    digest.update(ids.data)  # not a copy: the text may be large
    return TextData(
        vocabulary,
        train,
        validation,
        test,
        str(path),
        digest.hexdigest(),
    )


def _read_pieces(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        text = io.TextIOWrapper(file, "utf-8-sig")
        try:
            piece = text.read(PIECE_CHARACTERS)
            while piece:
                yield piece
                piece = text.read(PIECE_CHARACTERS)
        except UnicodeDecodeError as error:
            first_byte = file.tell() - len(error.object) + error.start
            problem = f"{path} is not a text in UTF-8 from byte {first_byte:,} on"
            raise DataError(problem, REMEDY) from error


class TextBatches:
    """Mini-batches of windows that follow one another in a text, made on the device of its ids.

    Every pass yields pairs (inputs, targets): the target of a character is the next character. With
    a generator, each pass draws the start of the first window and then the order of the windows.
    Without one, the first window starts with the text, the windows keep the order of the text, and
    the characters at its end that do not fill a window are left out.

    Shapes: ids (num_characters,) -> inputs and targets (batch, context), int64.
    Raises: DataError when the ids do not fill a window; ValueError when batch_size or context is
        below 1.
    """

    def __init__(
        self,
        ids: Tensor,
        batch_size: int,
        context: int,
        generator: Generator | None = None,
    ):
        if batch_size < 1 or context < 1:
            given = f"{batch_size} and {context}"
            raise ValueError(f"batch_size and context must be at least 1, got {given}")
        if len(ids) <= context:
            window = f"window of {context} and the next character"
            problem = f"{len(ids)} characters hold no {window}"
            raise DataError(problem, "use a longer text or a smaller context")
        # A window at every start: (num_starts, context + 1). It is a view, so nothing is copied.
        self.windows = ids.unfold(0, context + 1, 1)
        self.starts = torch.arange(0, len(self.windows), context)
        self.batch_size = batch_size
        self.generator = generator

    @property
    def place(self) -> str:
        """The size of the text and where it is during training, in words for the user."""
        return f"{len(self.starts):,} windows kept in memory"

    def __len__(self) -> int:
        return math.ceil(len(self.starts) / self.batch_size)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        starts = self._draw_starts().to(self.windows.device)
        for chosen in starts.split(self.batch_size):
            windows = self.windows.index_select(0, chosen).long()
            inputs = windows[:, :-1]
            targets = windows[:, 1:]
            yield inputs, targets

    def _draw_starts(self) -> Tensor:
        if self.generator is None:
            return self.starts
        # The shift lets a GRU end at 1.464 nats; without it the GRU ends at 1.482 (3 seeds).
        shift = torch.randint(len(self.windows), (), generator=self.generator)
        order = torch.randperm(len(self.starts), generator=self.generator)
        starts = self.starts + shift
        # A start behind the last window continues at the beginning of the text.
        return starts[order] % len(self.windows)
