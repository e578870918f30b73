"""Images of your own: a folder with one sub-folder for each class, or without classes."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from PIL import Image

from dlcourse.data.batches import ImageData, Split, free_bytes, work_ahead
from dlcourse.data.folder_layout import (
    NOT_ALLOWED,
    OTHER_FILES,
    FoundFile,
    Kind,
    Layout,
    name_files,
    read_layout,
    refuse,
)
from dlcourse.data.image_files import ImageFiles
from dlcourse.data.images import MOST_PIXELS, find_white, is_deep, open_header
from dlcourse.data.watching import watched
from dlcourse.errors import DataError, make_printable
from dlcourse.paths import expand_path

MOST_SIDE = 64  # pixels; larger images are shrunk to it
LEAST_TRAINING_IMAGES = 3  # different ones of a class
GRAY_MODES = ("1", "L", "LA", "I", "I;16", "I;16B", "F")  # Pillow's names
IMAGE_SUFFIXES = {
    *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".webp", ".tif", ".tiff"),
    *(".ppm", ".pgm", ".pbm", ".pnm", ".heic", ".heif", ".avif", ".jp2", ".jxl", ".ico"),
}
# Why an image is left out, or what is wrong with a class: for one, and for several.
UNREADABLE = (
    "damaged image or image in another format",
    "damaged images or images in other formats",
)
HEIC = ("HEIC image", "HEIC images")
TOO_LARGE = ("image of more than 25 million pixels", "images of more than 25 million pixels")
GONE = ("file that has disappeared", "files that have disappeared")
BAD_PIXELS = (
    "image with pixels below 0 or undefined, or with 12-bit colors in 16 bits",
    "images with pixels below 0 or undefined, or with 12-bit colors in 16 bits",
)
BAD_FILES = (UNREADABLE, NOT_ALLOWED, HEIC, TOO_LARGE, BAD_PIXELS)
EQUAL_TO_TEST = ("copy of an image of another split", "copies of images of another split")
EMPTY_SPLITS = ("split without an image of its own", "splits without an image of their own")
REMEDY = "save them as readable PNG or JPEG files of at most 25 million pixels, or remove them"


class _Image(NamedTuple):
    path: Path
    label: int
    split: str
    problem: Kind | None = None
    checksum: bytes = b""  # of the file
    pixels: bytes = b""  # a checksum, too
    row: int = 0  # of the decoded images
    side: int = 0  # the shorter one
    is_gray: bool = True
    white: float = 0  # in grays of more than 8 bits


def load_folder(
    folder: Path | str,
    sides: tuple[int, int] = (1, MOST_SIDE),
    stream: bool | None = None,
    has_classes: bool = True,
) -> ImageData:
    """Load a folder whose sub-folders are the classes, with their images at any depth.

    Folders such as train and test are the splits. Without them a fixed fifth of each class is for
    the test, and a tenth for validation: the images whose files have the lowest checksums. So the
    names of files do not matter, and equal images stay together. All images are cut to the square
    in their middle and scaled to the same side: that of the largest image, at most 64 pixels and
    within `sides`. They are gray if all files are gray, else in color. Without has_classes, the
    folder is one class without a name, and its files may lie at any depth.

    Each file is decoded once, to find the damaged ones, which are left out. Images that would take
    more than a quarter of the memory stay in their files; the argument stream decides otherwise.

    Raises: DataError for a folder that a network cannot learn from, such as one in which more
        images are damaged than whole.
    """
    layout = read_layout(Path(expand_path(folder)), has_classes)
    headers = watched(work_ahead(_inspect, layout.files), "reading headers", len(layout.files))
    images = _leave_out(layout, headers)
    files = _choose_size(images, sides)
    images, pixels = _decode(layout, images, files, stream)
    used = _leave_out_copies(layout, images)
    _drop_empty_splits(layout, used)
    _check_counts(layout, used)
    _check_labels(layout, images)
    images_of = _divide(layout, used)
    left_out = []
    for kind, paths in layout.left_out.items():
        if paths:
            left_out.append(name_files(layout.folder, kind, paths, names_all=kind in BAD_FILES))
    splits = {}
    for split, chosen in images_of.items():
        labels = torch.tensor([image.label for image in chosen])
        splits[split] = Split(pixels[[image.row for image in chosen]], labels)
    return ImageData(
        name=str(layout.folder.resolve()),
        **splits,
        class_names=layout.class_names,
        max_value=255,
        framing=None,
        white=files.white,
        source=_describe_source(layout, used),
        left_out=tuple(left_out),
        digest=_digest(layout, images_of),
    )


def _inspect(file: FoundFile) -> _Image:
    """Return the file with the facts from its header, or with the problem that it has."""
    found = _Image(*file)
    path = file.path
    try:
        with open_header(path) as image:
            width, height = image.size
            mode = image.mode
            white = 0.0
            if is_deep(image) and width * height <= MOST_PIXELS:
                white = find_white(image)
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "blake2b")
    except Image.DecompressionBombError:
        return found._replace(problem=TOO_LARGE)
    except PermissionError:
        return found._replace(problem=NOT_ALLOWED)
    except FileNotFoundError:
        return found._replace(problem=GONE)
    except FloatingPointError:
        return found._replace(problem=BAD_PIXELS)
    except Exception:  # Pillow has a dozen for damaged files, from SyntaxError to struct.error
        suffix = path.suffix.lower()
        problem = UNREADABLE if suffix in IMAGE_SUFFIXES else OTHER_FILES
        if suffix in (".heic", ".heif"):
            problem = HEIC
        return found._replace(problem=problem)

    if width * height > MOST_PIXELS:
        return found._replace(problem=TOO_LARGE)
    return found._replace(
        checksum=digest.digest(),
        side=min(width, height),
        is_gray=mode in GRAY_MODES,
        white=white,
    )


def _leave_out(layout: Layout, images: Iterable[_Image]) -> list[_Image]:
    """Return the files that are images; note the others in the layout."""
    good = []
    for image in images:
        if image.problem is None:
            good.append(image)
        else:
            layout.left_out[image.problem].append(image.path)
    return good


def _choose_size(images: Sequence[_Image], sides: tuple[int, int]) -> ImageFiles:
    """Choose the channels, the side and the white of the images; they are not decoded yet."""
    paths = [image.path for image in images]
    channels = 1 if all(image.is_gray for image in images) else 3
    least, most = sides
    largest = max((image.side for image in images), default=1)
    side = max(least, min(most, MOST_SIDE, largest))
    white = max((image.white for image in images), default=0) or None
    return ImageFiles(paths, channels, side, white)


def _decode(
    layout: Layout, images: Sequence[_Image], files: ImageFiles, stream: bool | None
) -> tuple[list[_Image], Any]:
    """Decode all files; return the images with the checksums of their pixels, and the pixels.

    The pixels are a tensor, or the files where they are streamed.
    Raises: DataError when more files cannot be used than can.
    """
    if stream is None:
        stream = files.shape.numel() > free_bytes(torch.device("cpu"))

    def read(number: int) -> torch.Tensor | Kind:
        try:
            return files.index_select(0, torch.tensor([number]))
        except DataError as error:
            has_bad_pixels = isinstance(error.__cause__, FloatingPointError)
            return BAD_PIXELS if has_bad_pixels else UNREADABLE

    kept = torch.empty((0,) if stream else files.shape, dtype=torch.uint8)
    decoded = []
    order = range(len(images))
    for number, pixels in enumerate(watched(work_ahead(read, order), "reading images", len(order))):
        if not isinstance(pixels, torch.Tensor):
            layout.left_out[pixels].append(images[number].path)
            continue
        digest = hashlib.blake2b(pixels.numpy().tobytes()).digest()
        decoded.append(images[number]._replace(pixels=digest, row=number))
        if not stream:
            kept[number] = pixels
    bad = {kind: layout.left_out[kind] for kind in BAD_FILES}
    if sum(map(len, bad.values())) > len(decoded):
        refuse(layout.folder, bad, REMEDY)
    return decoded, files if stream else kept


def _check_labels(layout: Layout, images: Sequence[_Image]) -> None:
    """Refuse equal images in two classes."""
    first_of: dict[bytes, _Image] = {}
    doubled = []
    for image in images:
        first = first_of.setdefault(image.pixels, image)
        if first.label != image.label:
            doubled += [first.path, image.path]
    kind = ("file", "files in two classes with equal images, one after the other")
    refuse(layout.folder, {kind: doubled}, "keep each image in one class")


def _leave_out_copies(layout: Layout, images: Sequence[_Image]) -> list[_Image]:
    """Return the images without those that an image to measure with is equal to."""
    pixels = {}
    for split in ("validation", "test"):
        pixels[split] = {image.pixels for image in images if image.split == split}
    used = []
    for image in images:
        is_tested = image.split != "test" and image.pixels in pixels["test"]
        is_validated = image.split == "train" and image.pixels in pixels["validation"]
        if is_tested or is_validated:
            layout.left_out[EQUAL_TO_TEST].append(image.path)
        else:
            used.append(image)
    return used


def _drop_empty_splits(layout: Layout, images: Sequence[_Image]) -> None:
    """Forget the folders of splits that have no image: the training folder is divided instead."""
    for split in set(layout.split_folders) - {image.split for image in images} - {"train"}:
        layout.left_out[EMPTY_SPLITS].append(layout.root / layout.split_folders.pop(split))


def _check_counts(layout: Layout, images: Sequence[_Image]) -> None:
    """Refuse classes with too few different images to train with."""
    missing = [split for split in ("validation", "test") if split not in layout.split_folders]
    least = LEAST_TRAINING_IMAGES + len(missing)
    different: dict[int, set[bytes]] = defaultdict(set)
    for image in images:
        if image.split in ("", "train"):
            different[image.label].add(image.pixels)
    too_few = f"fewer than {least} different images to train with"
    kind = (f"class with {too_few}", f"classes with {too_few}")
    if not layout.class_names and len(different[0]) < least:
        has = f"{len(different[0])} of the {least} different images that training needs"
        raise DataError(f"{layout.folder} has {has}", "add readable images to it")
    names = enumerate(layout.class_names)
    small = [layout.root / name for label, name in names if len(different[label]) < least]
    remedy = "add images to them, or remove them"
    if layout.left_out[EQUAL_TO_TEST]:
        remedy += "; images that are also in another split are not used for training"
    refuse(layout.folder, {kind: small}, remedy)


def _divide(layout: Layout, images: Sequence[_Image]) -> dict[str, list[_Image]]:
    """Return the images of each split, in their order."""
    groups: dict[int, dict[bytes, list[_Image]]] = defaultdict(lambda: defaultdict(list))
    split_of: dict[bytes, str] = {}  # by the pixels
    for image in images:
        split_of[image.pixels] = image.split or "train"
        if image.split in ("", "train"):  # to be divided, equal images together
            groups[image.label][image.pixels].append(image)
    for of_class in groups.values():
        order = sorted(of_class, key=lambda pixels: min(one.checksum for one in of_class[pixels]))
        num_test = _count_share(layout, "test", len(order) / 5)
        num_validation = _count_share(layout, "validation", len(order) / 10)
        split_of.update(dict.fromkeys(order[:num_test], "test"))
        to_validate = order[num_test : num_test + num_validation]
        split_of.update(dict.fromkeys(to_validate, "validation"))
    images_of: dict[str, list[_Image]] = {"train": [], "validation": [], "test": []}
    for image in images:
        images_of[split_of[image.pixels]].append(image)
    return images_of


def _count_share(layout: Layout, split: str, share: float) -> int:
    """Return how many images of a class a split gets that has no folder of its own."""
    if split in layout.split_folders:
        return 0
    return max(1, round(share))


def _describe_source(layout: Layout, images: Sequence[_Image]) -> str:
    """Say where the images of each split came from, and what was read in a special way."""
    parts = []
    whole = "each class" if layout.class_names else "the images"
    for split, share in (("train", ""), ("validation", "a tenth"), ("test", "a fifth")):
        own = layout.split_folders.get(split)
        rest = layout.split_folders.get("train", whole)
        if own is not None:
            parts.append(f"{split} from {own}")
        elif share:
            parts.append(f"{split} {share} of {rest}")
    sentences = [f"from {layout.root}: {', '.join(parts)}"]
    for split in ("validation", "test"):
        labels = {image.label for image in images if image.split == split}
        lacking = [name for label, name in enumerate(layout.class_names) if label not in labels]
        if split in layout.split_folders and lacking:
            sentences.append(f"{split} has no images of {', '.join(lacking)}")
    deep = "files in sub-folders of the classes" if layout.class_names else "files in sub-folders"
    counts = {
        "grays of more than 8 bits": sum(image.white > 0 for image in images),
        deep: layout.num_deep,
        "files through links": layout.num_links,
        "copies in the split of their original": len(images) - len({one.pixels for one in images}),
    }
    sentences += [f"{words}: {count:,}" for words, count in counts.items() if count]
    white = max(image.white for image in images)
    if white:
        sentences.append(f"white at {white:g}")
    return make_printable("; ".join(sentences))


def _digest(layout: Layout, images_of: dict[str, list[_Image]]) -> str:
    """Return a checksum of all pixels with their classes and splits."""
    rows = []
    for split, images in images_of.items():
        for image in images:
            name = layout.class_names[image.label] if layout.class_names else ""
            rows.append(f"{split} {name!r} {image.pixels.hex()}")
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()
