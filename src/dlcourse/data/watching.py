"""Let a watcher follow long work on files, such as loading a folder or a download."""

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import TypeVar

Item = TypeVar("Item")
# Called with what is done, how much of it is done, and how much there is to do.
Watcher = Callable[[str, int, int], None]

watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


def tell(work: str, done: int, total: int) -> None:
    """Tell the watcher, if there is one, how much of some work is done."""
    watch = watcher.get()
    if watch is not None:
        watch(work, done, total)


def watched(items: Iterable[Item], work: str, total: int) -> Iterator[Item]:
    """Yield the items, and tell the watcher of each."""
    for done, item in enumerate(items, start=1):
        tell(work, done, total)
        yield item
