"""What lies in a folder of images: its classes, the split of each file, and what is left out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dlcourse.errors import DataError

# Files and folders that systems and programs put beside one's own; a dot hides others.
HIDDEN = ("thumbs.db", "desktop.ini", "__macosx", "@eadir", "$recycle.bin", "lost+found")
# What folders of a split are called, without endings such as "ing", "set" and "_images".
SPLIT_OF_NAME = {
    **dict.fromkeys(("train", "training", "trn"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "dev", "development", "eval"), "validation"),
    **dict.fromkeys(("test", "testing", "tests", "tst", "holdout", "evaluation"), "test"),
}
SPLIT_ENDINGS = ("images", "imgs", "image", "dataset", "data", "set", "split")
NEEDED = "make at least two, each with the images of one class"

Kind = tuple[str, str]  # of a problem: what one is called, and what several are called
HIDDEN_FILES = ("hidden file or folder", "hidden files and folders")
LOOSE_FILES = ("file beside the class folders", "files beside the class folders")
BROKEN_LINKS = ("broken link", "broken links")
LOOPING_LINKS = ("link back to a folder above", "links back to a folder above")
SAME_FILES = ("further link to the same file", "further links to the same file")
OTHER_FILES = ("file that is not an image", "files that are not images")
WITHOUT_CLASS = ("file or folder without a class", "files and folders without a class")


class FoundFile(NamedTuple):
    """A file of a class, and its split; "" where the folder has no splits."""

    path: Path
    label: int
    split: str


@dataclass
class Layout:
    """The classes of a folder and their files.

    root: the folder that has the classes, or the folders of the splits.
    split_folders: the name of the folder that each split comes from; empty where there is none.
    empty_splits: those of them that turned out to have no image.
    left_out: the files that are not used, by the reason.
    """

    folder: Path
    root: Path
    class_names: tuple[str, ...] = ()
    split_folders: dict[str, str] = field(default_factory=dict)
    empty_splits: list[str] = field(default_factory=list)
    files: list[FoundFile] = field(default_factory=list)
    num_links: int = 0
    left_out: dict[Kind, list[Path]] = field(default_factory=lambda: defaultdict(list))


def read_layout(folder: Path) -> Layout:
    """Find the classes of a folder: its sub-folders, or those of its folders for each split.

    A folder that only wraps another one is passed over. Links are followed, each file is used once.

    Raises: DataError for a folder that has no classes, or whose splits are unclear.
    """
    if not folder.is_dir():
        problem = f"there is no folder {folder}"
        if folder.exists():
            problem = f"{folder} is a file, not a folder"
        remedy = "give a folder that has a sub-folder for each class; an archive is unpacked first"
        raise DataError(problem, remedy)
    layout = Layout(folder, folder)
    sub_folders = _list_folders(layout, folder)
    passed = {_key(folder)}
    while len(sub_folders) == 1 and _has_folders(sub_folders[0]):
        layout.root = sub_folders[0]
        if _key(layout.root) in passed:
            raise DataError(f"{layout.root} is a link back to a folder above", "remove the link")
        passed.add(_key(layout.root))
        sub_folders = _list_folders(layout, layout.root)
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


def is_hidden(path: Path) -> bool:
    """Tell whether a file or folder is hidden, or put there by a system."""
    return path.name.startswith(".") or path.name.casefold() in HIDDEN


def _list(folder: Path) -> list[Path]:
    try:
        paths = sorted(folder.iterdir())
        if paths:
            paths[0].lstat()  # the names may be allowed, and the files not
        return paths
    except OSError as error:
        problem = f"the folder {folder} cannot be read ({error.strerror})"
        raise DataError(problem, "allow yourself to read it, or move it away") from error


def _list_folders(layout: Layout, folder: Path) -> list[Path]:
    """Return the sub-folders; note the files beside them."""
    folders = []
    for path in _list(folder):
        if is_hidden(path):
            layout.left_out[HIDDEN_FILES].append(path)
        elif path.is_dir():
            folders.append(path)
        elif path.is_symlink() and not path.exists():
            layout.left_out[BROKEN_LINKS].append(path)
        else:
            layout.left_out[LOOSE_FILES].append(path)
    return folders


def _has_folders(folder: Path) -> bool:
    return any(path.is_dir() and not is_hidden(path) for path in _list(folder))


def _find_splits(layout: Layout, sub_folders: Sequence[Path]) -> dict[str, Path]:
    """Return the folder of each split, if the sub-folders are splits with classes in them."""
    named = [path for path in sub_folders if find_split(path.name)]
    with_classes = [path for path in named if _has_folders(path)]
    others = [path for path in sub_folders if path not in named]
    if not with_classes:
        if named and not others:
            problem = f"{layout.root} has the folders {_join(named)}, without class folders"
            raise DataError(problem, f"put the images of each class into {named[0].name}/CLASS")
        if named:
            problem = f"{layout.root} has {_join(named)} beside the classes {_join(others)}"
            remedy = f"move it out of the folder; if it is a class, call it {named[0].name}-class"
            raise DataError(problem, remedy)
        return {}
    if others:
        problem = f"{layout.root} has {_join(others)} beside the splits {_join(with_classes)}"
        raise DataError(problem, "move them into the splits, or out of the folder")
    splits: dict[str, Path] = {}
    for path in with_classes:
        split = find_split(path.name)
        if split in splits:
            problem = f"{layout.root} has {splits[split].name} and {path.name}, both for {split}"
            raise DataError(problem, "move one of them out of the folder")
        splits[split] = path
    if "train" not in splits:
        problem = f"{layout.root} has the splits {_join(with_classes)}, but none to train with"
        raise DataError(problem, f"give {with_classes[0]}; it is divided anew")
    for path in named:
        if path not in with_classes:
            without_class = [file for file in _list(path) if not is_hidden(file)]
            layout.left_out[WITHOUT_CLASS] += without_class or [path]
    return splits


def _add_splits(layout: Layout, splits: dict[str, Path]) -> None:
    """Add the files of folders such as train/cats and test/cats."""
    layout.split_folders = {split: path.name for split, path in splits.items()}
    folders = [(split, path) for split in splits for path in _list_folders(layout, splits[split])]
    layout.class_names = tuple(sorted({path.name for _, path in folders}))
    _check_classes(layout, sorted({path.name for split, path in folders if split == "train"}))
    for split, path in folders:
        _add_files(layout, path, layout.class_names.index(path.name), split)


def _add_classes(layout: Layout, classes: Sequence[Path]) -> None:
    """Add the files of folders such as cats and dogs, or cats/train and cats/test."""
    layout.class_names = tuple(path.name for path in classes)
    if len(classes) < 2:
        num_loose = len(layout.left_out[LOOSE_FILES])
        has = "no sub-folder"
        if classes:
            has = f"only the sub-folder {classes[0].name}"
        elif num_loose:
            has = f"{num_loose:,} files, but no sub-folder for each class"
        raise DataError(f"{layout.root} has {has}", NEEDED)
    _check_classes(layout, layout.class_names)
    parts = [_list_splits(folder) for folder in classes]
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


def _list_splits(folder: Path) -> list[Path]:
    """Return the sub-folders of a class that are called like splits."""
    return [path for path in _list(folder) if find_split(path.name) and path.is_dir()]


def _check_classes(layout: Layout, trained: Sequence[str]) -> None:
    """Refuse names that differ in their case alone, and classes without images to train with."""
    untrained = [name for name in layout.class_names if name not in trained]
    if untrained:
        folder = layout.split_folders["train"]
        problem = f"{layout.root}/{folder} lacks {', '.join(untrained)}, which other splits have"
        raise DataError(problem, "call a class the same in all splits, or remove it")
    first_of: dict[str, str] = {}
    for name in layout.class_names:
        first = first_of.setdefault(name.casefold(), name)
        if first != name:
            problem = f"{layout.root} has the classes {first} and {name}"
            raise DataError(problem, "rename one of them, or put their images together")


def _add_files(layout: Layout, folder: Path, label: int, split: str) -> None:
    seen: set[Path] = set()
    for path in sorted(_walk(layout, folder, (_key(folder),))):
        real_path = path.resolve()
        if real_path in seen:
            layout.left_out[SAME_FILES].append(path)
            continue
        seen.add(real_path)
        layout.num_links += real_path.parent != path.parent.absolute() or path.is_symlink()
        layout.files.append(FoundFile(path, label, split))


def _walk(layout: Layout, folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path]:
    """Yield the regular files of a folder at any depth; follow links."""
    for path in _list(folder):
        if is_hidden(path):
            layout.left_out[HIDDEN_FILES].append(path)
        elif path.is_dir():
            if _key(path) in above:
                layout.left_out[LOOPING_LINKS].append(path)
            else:
                yield from _walk(layout, path, (*above, _key(path)))
        elif path.is_file():
            yield path
        elif path.is_symlink():
            layout.left_out[BROKEN_LINKS].append(path)
        else:  # a pipe, a socket or a device: reading it could wait forever
            layout.left_out[OTHER_FILES].append(path)


def _key(folder: Path) -> tuple[int, int]:
    """Return what identifies a folder, however it is reached."""
    status = folder.stat()
    return status.st_dev, status.st_ino


def _join(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths)
