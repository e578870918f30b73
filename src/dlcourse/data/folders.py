"""Images of your own: a folder with one sub-folder for each class."""

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
from dlcourse.paths import expand_path

MOST_SIDE = 64  # pixels; larger images are shrunk to it
LEAST_IMAGES = 5  # different ones of a class: three to train, one to validate, one to test
GRAY_MODES = ("1", "L", "LA", "I", "I;16", "I;16B")  # Pillow's names
WINDOWS_FILES = ("Thumbs.db", "desktop.ini")  # hidden on Windows; elsewhere a dot hides a file
# Names of sub-folders that are parts of a data set, not classes.
PARTS = {"train", "training", "val", "valid", "validation", "test"}
UNREADABLE = "files that are not complete images"
HEIC = "HEIC images"
TOO_LARGE = "images that are too large"
REMEDY = "remove them, or save them as PNG or JPEG files of at most 25 million pixels"


class _File(NamedTuple):
    path: Path
    label: int
    problem: str = ""
    checksum: bytes = b""
    side: int = 0  # the shorter one
    is_gray: bool = True


def load_folder(
    folder: Path | str,
    sides: tuple[int, int] = (1, MOST_SIDE),
    stream: bool | None = None,
) -> ImageData:
    """Load a folder whose sub-folders are the classes, with their images at any depth.

    A fixed fifth of each class is for the test, and a tenth for validation: the images whose files
    have the lowest checksums. So the names of files do not matter, and equal files stay together.
    All images are cut to the square in their middle and scaled to the same side: that of the
    largest image, at most 64 pixels and within `sides`. They are gray if all files are gray, else
    in color.

    Each file is decoded once, to find the damaged ones. Images that would take more than a quarter
    of the memory stay in their files, and Batches streams them; the argument stream can decide
    otherwise. Hidden files are left out.

    Raises: DataError for a folder that a network cannot learn from. It names the problems of all
        files at once, with the count of each kind.
    """
    folder = Path(expand_path(folder))
    classes = _find_classes(folder)
    names = tuple(path.name for path in classes)
    files = list(work_ahead(_inspect, _find_files(classes)))
    bad_files = [(file.problem, file.path) for file in files if file.problem]
    _refuse(folder, bad_files, REMEDY)
    parts = _divide(folder, names, files)

    channels = 1 if all(file.is_gray for file in files) else 3
    side = _choose_side(files, sides)
    if stream is None:
        num_bytes = len(files) * channels * side**2
        stream = num_bytes > free_bytes(torch.device("cpu"))

    damaged: list[Path] = []
    splits = []
    for part in parts:
        image_files = ImageFiles([file.path for file in part], channels, side)
        images = _decode(image_files, damaged, keeps=not stream)
        labels = torch.tensor([file.label for file in part])
        splits.append(Split(images, labels))
    _refuse(folder, [(UNREADABLE, path) for path in damaged], REMEDY)

    train, validation, test = splits
    name = str(folder.resolve())
    return ImageData(name, train, validation, test, names, max_value=255, framing=None)


def _find_classes(folder: Path) -> list[Path]:
    """Return the sub-folders that are the classes."""
    if not folder.is_dir():
        problem = f"there is no folder {folder}"
        raise DataError(problem, "give one that has a sub-folder for each class")

    sub_folders = [path for path in folder.iterdir() if path.is_dir()]
    classes = sorted(path for path in sub_folders if not path.name.startswith("."))
    names = [path.name for path in classes]
    if names and {name.lower() for name in names} <= PARTS:
        problem = f"{folder} has the sub-folders {', '.join(names)}, which are no classes"
        raise DataError(problem, f"give {classes[-1]} or another of them; it is divided anew")

    remedy = "make at least two, each with the images of one class"
    if len(classes) == 0:
        raise DataError(f"{folder} has no sub-folder", remedy)
    if len(classes) == 1:
        raise DataError(f"{folder} has only the sub-folder {names[0]}", remedy)
    return classes


def _find_files(classes: Sequence[Path]) -> list[_File]:
    """Return all files of the classes that are not hidden."""
    files = []
    for label, folder in enumerate(classes):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not _is_hidden(path, folder):
                files.append(_File(path, label))
    return files


def _is_hidden(path: Path, folder: Path) -> bool:
    if path.name in WINDOWS_FILES:
        return True
    names = path.relative_to(folder).parts
    return any(name.startswith(".") for name in names)


def _inspect(file: _File) -> _File:
    """Return the file with the facts from its header, or with the problem that it has."""
    try:
        with file.path.open("rb") as content:
            digest = hashlib.file_digest(content, "blake2b")
        with open_header(file.path) as image:
            width, height = image.size
            mode = image.mode
    except Image.DecompressionBombError:
        return file._replace(problem=TOO_LARGE)
    except Exception:  # Pillow has a dozen for damaged files, from SyntaxError to struct.error
        is_heic = file.path.suffix.lower() in (".heic", ".heif")
        return file._replace(problem=HEIC if is_heic else UNREADABLE)

    if width * height > MOST_PIXELS:
        return file._replace(problem=TOO_LARGE)
    return file._replace(
        checksum=digest.digest(),
        side=min(width, height),
        is_gray=mode in GRAY_MODES,
    )


def _choose_side(files: Sequence[_File], sides: tuple[int, int]) -> int:
    least, most = sides
    largest = max(file.side for file in files)
    return max(least, min(most, MOST_SIDE, largest))


def _divide(folder: Path, names: Sequence[str], files: Sequence[_File]) -> list[list[_File]]:
    """Return the files to train, validate and test with; refuse what cannot be divided."""
    checksums: list[set[bytes]] = [set() for _ in names]
    for file in files:
        checksums[file.label].add(file.checksum)
    _check_counts(folder, names, checksums)
    _check_labels(folder, files)

    part_of: dict[bytes, str] = {}
    for of_class in checksums:
        num_test = max(1, round(len(of_class) / 5))
        num_validation = max(1, round(len(of_class) / 10))
        for rank, checksum in enumerate(sorted(of_class)):
            if rank < num_test:
                part_of[checksum] = "test"
            elif rank < num_test + num_validation:
                part_of[checksum] = "validation"
            else:
                part_of[checksum] = "train"

    files_of = defaultdict(list)
    for file in files:
        part = part_of[file.checksum]
        files_of[part].append(file)
    return [files_of["train"], files_of["validation"], files_of["test"]]


def _check_counts(folder: Path, names: Sequence[str], checksums: Sequence[set[bytes]]) -> None:
    """Refuse classes that have too few different images."""
    problems = []
    for name, of_class in zip(names, checksums, strict=True):
        if len(of_class) == 0:
            problems.append(("classes without an image", folder / name))
        elif len(of_class) < LEAST_IMAGES:
            kind = f"classes with fewer than {LEAST_IMAGES} different images"
            problems.append((kind, folder / name))
    _refuse(folder, problems, "add images to them, or remove them")


def _check_labels(folder: Path, files: Sequence[_File]) -> None:
    """Refuse equal files in different classes."""
    label_of: dict[bytes, int] = {}
    problems = []
    for file in files:
        first_label = label_of.setdefault(file.checksum, file.label)
        if file.label != first_label:
            problems.append(("equal files in two classes", file.path))
    _refuse(folder, problems, "keep each in one of them")


def _decode(files: ImageFiles, damaged: list[Path], *, keeps: bool) -> Any:
    """Decode all files, and add the damaged ones to the list.

    Return the images as a tensor if they are kept, else the files.
    """

    def read(number: int) -> torch.Tensor | None:
        try:
            return files.index_select(0, torch.tensor([number]))
        except DataError:
            return None

    images: Any = files
    if keeps:
        images = torch.empty(files.shape, dtype=torch.uint8)
    numbers = range(len(files.paths))
    for number, image in enumerate(work_ahead(read, numbers)):
        if image is None:
            damaged.append(files.paths[number])
        elif keeps:
            images[number] = image
    return images


def _refuse(folder: Path, problems: Iterable[tuple[str, Path]], remedy: str) -> None:
    """Raise DataError if there are problems: each kind with its count and its first file."""
    paths_of: dict[str, list[Path]] = defaultdict(list)
    for kind, path in problems:
        paths_of[kind].append(path.relative_to(folder))
    if not paths_of:
        return
    told = [f"{len(paths)} {kind} ({paths[0]} first)" for kind, paths in paths_of.items()]
    raise DataError(f"{folder} has {' and '.join(told)}", remedy)
