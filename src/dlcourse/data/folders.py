"""Pictures of your own: a folder with one sub-folder for each class."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from PIL import Image

from dlcourse.data.batches import ImageData, Split, free_bytes, work_ahead
from dlcourse.data.image_files import ImageFiles
from dlcourse.data.images import MOST_PIXELS, open_header
from dlcourse.errors import DataError

MOST_SIDE = 64  # pixels; larger pictures are shrunk to it
LEAST_PICTURES = 5  # different ones of a class: three to train, one to validate, one to test
GREY_MODES = ("1", "L", "LA", "I", "I;16", "I;16B")  # Pillow's names
WINDOWS_FILES = ("Thumbs.db", "desktop.ini")  # hidden there; elsewhere a dot hides a file
PARTS = {
    "train",
    "training",
    "val",
    "valid",
    "validation",
    "test",
}  # sub-folders that are no classes
UNREADABLE = "files that are no whole pictures"
HEIC = "HEIC pictures"
TOO_LARGE = "pictures that are too large"
MEND = "remove them, or save them as PNG or JPEG files of at most 25 million pixels"


class _File(NamedTuple):
    path: Path
    label: int
    problem: str = ""
    checksum: bytes = b""
    side: int = 0  # the shorter one
    is_grey: bool = True


def load_folder(
    folder: Path | str, sides: tuple[int, int] = (1, MOST_SIDE), stream: bool | None = None
) -> ImageData:
    """Load a folder whose sub-folders are the classes, with their pictures at any depth.

    Of each class a fixed fifth is for the test and a tenth for validation: the pictures whose files have the
    lowest checksums. So names play no part, and equal files stay together. All pictures are cut to the square
    in their middle and scaled to one side: that of the largest, at most 64 pixels and within `sides`. They
    are grey if all files are, else in colour.

    Each file is decoded, to find the damaged ones. Pictures that would take more than a quarter of the memory
    stay in the files, for Batches to stream; stream decides it. Hidden files are left out.
    Raises: DataError for what nothing can be learned from: all files of a kind at once, with their count.
    """
    folder = Path(folder)
    names, found = _find(folder)
    files = list(work_ahead(_look, found))
    _refuse(folder, [(file.problem, file.path) for file in files if file.problem], MEND)
    parts = _divide(folder, names, files)
    channels = 1 if all(file.is_grey for file in files) else 3
    side = max(sides[0], min(sides[1], MOST_SIDE, max(file.side for file in files)))
    if stream is None:
        stream = len(files) * channels * side**2 > free_bytes(torch.device("cpu"))
    damaged: list[Path] = []
    splits = []
    for part in parts:
        pictures = ImageFiles([file.path for file in part], channels, side)
        labels = torch.tensor([file.label for file in part])
        splits.append(Split(_decode(pictures, damaged, keeps=not stream), labels))
    _refuse(folder, [(UNREADABLE, path) for path in damaged], MEND)
    train, validation, test = splits
    return ImageData(
        str(folder.resolve()), train, validation, test, names, max_value=255, framing=None
    )


def _find(folder: Path) -> tuple[tuple[str, ...], list[_File]]:
    """Return the names of the classes and the files in them."""
    if not folder.is_dir():
        raise DataError(
            f"there is no folder {folder}", "give one that has a sub-folder for each class"
        )
    classes = sorted(
        path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")
    )
    names = tuple(path.name for path in classes)
    if names and {name.lower() for name in names} <= PARTS:
        problem = f"{folder} has the sub-folders {', '.join(names)}, which are no classes"
        raise DataError(problem, f"give {classes[-1]} or another of them; it is divided anew")
    if len(classes) < 2:
        problem = f"{folder} has {'only the sub-folder ' + names[0] if names else 'no sub-folder'}"
        raise DataError(problem, "make at least two, each with the pictures of one class")
    files = []
    for label, inside in enumerate(classes):
        for path in sorted(inside.rglob("*")):
            is_hidden = any(name.startswith(".") for name in path.relative_to(inside).parts)
            if path.is_file() and not is_hidden and path.name not in WINDOWS_FILES:
                files.append(_File(path, label))
    return names, files


def _look(file: _File) -> _File:
    """Return the file with what its header tells and what is wrong with it, if anything."""
    try:
        with file.path.open("rb") as content:
            checksum = hashlib.file_digest(content, "blake2b").digest()
        with open_header(file.path) as picture:
            problem = TOO_LARGE if picture.width * picture.height > MOST_PIXELS else ""
            side, is_grey = min(picture.size), picture.mode in GREY_MODES
        return _File(file.path, file.label, problem, checksum, side, is_grey)
    except Image.DecompressionBombError:
        problem = TOO_LARGE
    except Exception:  # Pillow has a dozen for damaged files, from SyntaxError to struct.error
        problem = HEIC if file.path.suffix.lower() in (".heic", ".heif") else UNREADABLE
    return file._replace(problem=problem)


def _divide(folder: Path, names: Sequence[str], files: Sequence[_File]) -> list[list[_File]]:
    """Return the files to train, validate and test with; refuse what cannot be divided."""
    classes: list[set[bytes]] = [set() for _ in names]
    class_of: dict[bytes, int] = {}
    for file in files:
        classes[file.label].add(file.checksum)
    few = {
        folder / name: its
        for name, its in zip(names, classes, strict=True)
        if len(its) < LEAST_PICTURES
    }
    small, empty = (
        f"classes with fewer than {LEAST_PICTURES} different pictures",
        "classes without a picture",
    )
    problems = [(small if its else empty, path) for path, its in few.items()]
    _refuse(folder, problems, "add pictures to them, or remove them")
    twice = [
        file.path for file in files if class_of.setdefault(file.checksum, file.label) != file.label
    ]
    _refuse(
        folder, [("equal files in two classes", path) for path in twice], "keep each in one of them"
    )
    part_of: dict[bytes, int] = {}
    for its in classes:
        num_test, num_validation = max(1, round(len(its) / 5)), max(1, round(len(its) / 10))
        for rank, checksum in enumerate(sorted(its)):
            part_of[checksum] = (rank < num_test) + (rank < num_test + num_validation)
    return [[file for file in files if part_of[file.checksum] == part] for part in range(3)]


def _decode(files: ImageFiles, damaged: list[Path], *, keeps: bool) -> Any:
    """Decode all files, and list the damaged ones; return the pictures if they are kept, else the files."""

    def read(number: int) -> torch.Tensor | None:
        try:
            return files.index_select(0, torch.tensor([number]))
        except DataError:
            return None

    images: Any = torch.empty(files.shape, dtype=torch.uint8) if keeps else files
    for number, picture in enumerate(work_ahead(read, range(len(files.paths)))):
        if picture is None:
            damaged.append(files.paths[number])
        elif keeps:
            images[number] = picture
    return images


def _refuse(folder: Path, problems: Iterable[tuple[str, Path]], mend: str) -> None:
    """Raise DataError where there are problems: each kind with its count and its first file."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind, path in problems:
        kinds[kind].append(str(path.relative_to(folder)))
    if kinds:
        told = [f"{len(paths)} {kind} ({paths[0]} first)" for kind, paths in kinds.items()]
        raise DataError(f"{folder} has {' and '.join(told)}", mend)
