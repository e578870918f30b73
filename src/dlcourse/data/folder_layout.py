"""The layout of a folder of images: its classes, the split of each file, and what is left out."""

import contextlib
import os
import re
import stat
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dlcourse.data.watching import tell
from dlcourse.errors import DataError, make_printable

# Files and folders that systems and programs put beside one's own; a dot hides others.
HIDDEN = ("thumbs.db", "desktop.ini", "__macosx", "@eadir", "$recycle.bin", "lost+found")
# What folders of a split are called, without endings such as "set" and "_images".
SPLIT_OF_NAME = {
    **dict.fromkeys(("train", "training", "trn"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "dev", "development", "eval"), "validation"),
    **dict.fromkeys(("test", "testing", "tests", "tst", "holdout", "evaluation"), "test"),
}
SPLIT_ENDINGS = ("images", "imgs", "image", "dataset", "data", "set", "split")
NEEDED = "create at least two, each with the images of one class"
MOST_NAMED = 10  # files; more are listed in a file

Kind = tuple[str, str]  # of a problem: what one is called, and what several are called
HIDDEN_FILES = ("hidden file or folder", "hidden files and folders")
LOOSE_FILES = ("file beside the class folders", "files beside the class folders")
BROKEN_LINKS = ("broken link", "broken links")
SAME_FILES = ("further link to the same file or folder", "further links to the same ones")
NOT_ALLOWED = ("file or folder that you may not read", "files or folders that you may not read")
OTHER_FILES = ("file that is not an image", "files that are not images")
WITHOUT_CLASS = ("file or folder without a class", "files and folders without a class")
BESIDE_SPLITS = ("file or folder beside the splits", "files and folders beside the splits")


class FoundFile(NamedTuple):
    """A file of a class, and its split; "" where the folder has no splits."""

    path: Path
    label: int
    split: str


@dataclass
class Layout:
    """The classes of a folder and their files.

    root: the folder that has the classes, or the folders of the splits.
    class_names: empty for images without classes, whose labels are 0.
    listed: the folders and the files of each folder that was looked at.
    split_folders: the name of the folder that each split comes from; empty where there is none.
    left_out: the files that are not used, by the reason.
    """

    folder: Path
    root: Path
    class_names: tuple[str, ...] = ()
    split_folders: dict[str, str] = field(default_factory=dict)
    files: list[FoundFile] = field(default_factory=list)
    num_links: int = 0
    num_deep: int = 0  # files in sub-folders of the classes
    left_out: dict[Kind, list[Path]] = field(default_factory=lambda: defaultdict(list))
    listed: dict[Path, tuple[list[Path], list[Path]]] = field(default_factory=dict)


def read_layout(folder: Path, has_classes: bool = True) -> Layout:
    """Find the classes of a folder: its sub-folders, or those of its folders for each split.

    A folder that only wraps another one is passed over. Links are followed, each file is used once.
    Without has_classes, all files of the folder are taken, at any depth; only sub-folders for
    splits are told apart.

    Raises: DataError for a folder that has no classes, or whose splits are unclear.
    """
    if not folder.is_dir():
        problem = f"there is no folder {folder}"
        if folder.exists():
            problem = f"{folder} is a file, not a folder"
        needed = "a folder that has a sub-folder for each class" if has_classes else "a folder"
        raise DataError(problem, f"give {needed}; unpack an archive first")
    layout = Layout(folder, folder)
    if not has_classes:
        _add_without_classes(layout)
        return layout
    layout.root, sub_folders = _unwrap(layout, folder)
    refuse(
        folder,
        {NOT_ALLOWED: layout.left_out[NOT_ALLOWED]},
        "change their permissions",
    )
    splits = _find_splits(layout, sub_folders)
    if splits:
        _add_splits(layout, splits)
    else:
        _add_classes(layout, sub_folders)
    return layout


def find_split(name: str) -> str:
    """Return the split that a folder's name stands for, or "": "Training_set" is "train"."""
    letters = re.sub("[^a-z]", "", name.casefold())
    for ending in SPLIT_ENDINGS:
        shorter = letters.removesuffix(ending)
        if shorter in SPLIT_OF_NAME:
            return SPLIT_OF_NAME[shorter]
    return SPLIT_OF_NAME.get(letters, "")


def _list(layout: Layout, folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the folders and the files of a folder; note what is neither, or hidden."""
    if folder in layout.listed:
        return layout.listed[folder]
    folders: list[Path] = []
    files: list[Path] = []
    layout.listed[folder] = folders, files
    tell("looking through folders", len(layout.listed), 0)
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        layout.left_out[NOT_ALLOWED].append(folder)
        paths = []
    for path in paths:
        if path.name.startswith(".") or path.name.casefold() in HIDDEN:
            layout.left_out[HIDDEN_FILES].append(path)
            continue
        try:
            mode = path.stat().st_mode
        except PermissionError:
            layout.left_out[NOT_ALLOWED].append(path)
            continue
        except OSError:
            layout.left_out[BROKEN_LINKS].append(path)
            continue
        if stat.S_ISDIR(mode):
            folders.append(path)
        elif stat.S_ISREG(mode):
            files.append(path)
        else:  # a pipe, a socket or a device: reading it could wait forever
            layout.left_out[OTHER_FILES].append(path)
    return folders, files


def _list_folders(layout: Layout, folder: Path) -> list[Path]:
    """Return the sub-folders; note the files beside them."""
    folders, files = _list(layout, folder)
    layout.left_out[LOOSE_FILES] += files
    return folders


def _unwrap(layout: Layout, folder: Path) -> tuple[Path, list[Path]]:
    """Return the first folder that does not merely wrap another one, and its sub-folders."""
    sub_folders = _list_folders(layout, folder)
    passed = {folder.resolve()}
    while len(sub_folders) == 1 and _list(layout, sub_folders[0])[0]:
        folder = sub_folders[0]
        if folder.resolve() in passed:
            raise DataError(f"{folder} is a link back to a folder above", "remove the link")
        passed.add(folder.resolve())
        sub_folders = _list_folders(layout, folder)
    return folder, sub_folders


def _find_splits(layout: Layout, sub_folders: Sequence[Path]) -> dict[str, Path]:
    """Return the folder of each split, if the sub-folders are splits with classes in them."""
    start = os.path.commonprefix([path.name for path in sub_folders])  # noqa: RUF071 (characters)
    shared = re.sub("[a-zA-Z]*$", "", start)  # "seg_" of seg_train and seg_test
    split_of = {path: find_split(path.name.removeprefix(shared)) for path in sub_folders}
    named = [path for path in sub_folders if split_of[path]]
    with_classes = [path for path in named if _list(layout, path)[0]]
    others = [path for path in sub_folders if path not in named]
    if not with_classes:
        if named and not others:
            problem = f"{layout.root} has the folders {_join(named)}, without class folders"
            raise DataError(problem, f"put the images of each class into {named[0].name}/CLASS")
        if named:
            problem = f"{layout.root} has {_join(named)} beside the classes {_join(others)}"
            remedy = (
                f"move it out of the folder; if it is a class, rename it to {named[0].name}-class"
            )
            raise DataError(problem, remedy)
        return {}
    if others:
        problem = f"{layout.root} has {_join(others)} beside the splits {_join(with_classes)}"
        remedy = f"move {_join(others)} away; if all are classes, rename {_join(with_classes)}"
        raise DataError(problem, remedy)
    splits: dict[str, Path] = {}
    for path in with_classes:
        split = split_of[path]
        if split in splits:
            problem = f"{layout.root} has {splits[split].name} and {path.name}, both for {split}"
            raise DataError(problem, "move one of them out of the folder")
        splits[split] = path
    if "train" not in splits:
        problem = f"{layout.root} has the splits {_join(with_classes)}, but none to train with"
        raise DataError(problem, f"give {with_classes[0]}; it is split again")
    for path in named:
        if path not in with_classes:
            _, files = _list(layout, path)
            layout.left_out[WITHOUT_CLASS] += files or [path]
    return splits


def _add_splits(layout: Layout, splits: dict[str, Path]) -> None:
    """Add the files of folders such as train/cats and test/cats."""
    folders = []
    for split, wrapper in splits.items():
        folder, classes = _unwrap(layout, wrapper)
        layout.split_folders[split] = str(folder.relative_to(layout.root))
        folders += [(split, path) for path in classes]
    layout.class_names = tuple(sorted({path.name for _, path in folders}))
    _check_classes(layout, sorted({path.name for split, path in folders if split == "train"}))
    for split, path in folders:
        _add_files(layout, path, layout.class_names.index(path.name), split)


def _add_classes(layout: Layout, classes: Sequence[Path]) -> None:
    """Add the files of folders such as cats and dogs, or cats/train and cats/test."""
    layout.class_names = tuple(path.name for path in classes)
    _check_classes(layout, layout.class_names)
    parts = [
        [path for path in _list(layout, folder)[0] if find_split(path.name)] for folder in classes
    ]
    if not any(parts):
        for label, folder in enumerate(classes):
            _add_files(layout, folder, label, "")
        return
    for label, (folder, part) in enumerate(zip(classes, parts, strict=True)):
        sub_folders = _list_folders(layout, folder)
        others = [path for path in sub_folders if path not in part]
        if others or not part:
            problem = f"{folder} has {_join(others) or 'no split'} where others have train or test"
            raise DataError(problem, "divide all classes into the same splits, or none")
        for path in part:
            split = find_split(path.name)
            layout.split_folders[split] = f"{path.name} of each class"
            _add_files(layout, path, label, split)


def _add_without_classes(layout: Layout) -> None:
    """Add the files of a folder, or those of its sub-folders train, validation and test."""
    folders, files = _list(layout, layout.folder)
    splits: dict[str, Path] = {}
    for path in folders:
        splits.setdefault(find_split(path.name), path)
    splits.pop("", None)
    if "train" not in splits:
        _add_files(layout, layout.folder, 0, "")
        return
    others = [path for path in [*folders, *files] if path not in splits.values()]
    layout.left_out[BESIDE_SPLITS] += others
    for split, path in splits.items():
        layout.split_folders[split] = path.name
        _add_files(layout, path, 0, split)


def _check_classes(layout: Layout, trained: Sequence[str]) -> None:
    """Refuse too few classes, names that differ in their case alone, and untrained classes."""
    if len(layout.class_names) < 2:
        num_loose = len(layout.left_out[LOOSE_FILES])
        has = "no sub-folder"
        if layout.class_names:
            has = f"only the sub-folder {layout.class_names[0]}"
        elif num_loose:
            has = f"{num_loose:,} files, but no sub-folder for each class"
        inner = layout.root / layout.split_folders.get("train", "")
        raise DataError(f"{inner} has {has}", NEEDED)
    untrained = [name for name in layout.class_names if name not in trained]
    if untrained:
        folder = layout.split_folders["train"]
        problem = f"{layout.root}/{folder} lacks {', '.join(untrained)}, which other splits have"
        raise DataError(problem, "give a class the same name in all splits, or remove it")
    first_of: dict[str, str] = {}
    for name in layout.class_names:
        first = first_of.setdefault(name.casefold(), name)
        if first != name:
            problem = f"{layout.root} has the classes {first} and {name}"
            raise DataError(problem, "rename one of them, or put their images together")


def _add_files(layout: Layout, folder: Path, label: int, split: str) -> None:
    """Add the files of a folder at any depth; follow links, but go each way once."""
    seen = {folder.resolve()}
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        folders, files = _list(layout, waiting.pop())
        found += _choose_new(layout, files, seen)
        waiting += _choose_new(layout, folders, seen)
    real_root = layout.root.resolve()
    for path in sorted(found):
        layout.num_deep += path.parent != folder
        layout.num_links += path.resolve() != real_root / path.relative_to(layout.root)
        layout.files.append(FoundFile(path, label, split))


def _choose_new(layout: Layout, paths: Sequence[Path], seen: set[Path]) -> list[Path]:
    """Return those paths that do not lead to what was seen; note the others."""
    new = []
    for path in paths:
        real_path = path.resolve()
        if real_path in seen:
            layout.left_out[SAME_FILES].append(path)
        else:
            seen.add(real_path)
            new.append(path)
    return new


def refuse(folder: Path, problems: Mapping[Kind, Sequence[Path]], remedy: str) -> None:
    """Raise DataError if there are problems, with the count and the files of each kind."""
    told = [
        name_files(
            folder,
            kind,
            paths,
            names_all=True,
        )
        for kind, paths in problems.items()
        if paths
    ]
    if told:
        raise DataError(f"{folder} has {' and '.join(told)}", remedy)


def name_files(
    folder: Path,
    kind: Kind,
    paths: Sequence[Path],
    *,
    names_all: bool,
) -> str:
    """Return a count and the first name, or all names: ten in the text, more of them in a file."""
    count = len(paths)
    words = f"{count:,} {kind[0] if count == 1 else kind[1]}"
    names = [make_printable(str(path.relative_to(folder))) for path in paths]
    num_named = MOST_NAMED if names_all else 1
    named = ", ".join(names[:num_named])
    if count > num_named:
        named += ", ..."
        if names_all:
            named += _list_in_file(names)
    return f"{words} ({named})"


def _list_in_file(names: Sequence[str]) -> str:
    """Write names into a new file; return where they are, or nothing where none can be written."""
    with contextlib.suppress(OSError):
        descriptor, path = tempfile.mkstemp(prefix="dlcourse-", suffix=".txt")
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(names))
        return f"; all are listed in {path}"
    return ""


def _join(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths)
