"""Published data sets: found on the disk, or downloaded once, checked and encrypted."""

import http.client
import os
import socket
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dlcourse.errors import DataError

STALL_SECONDS = 30  # without a byte from the server


@dataclass(frozen=True)
class Files:
    """The files of a data set: what they are called, where they lie and how they are fetched.

    They are looked for in data_dir, in $DLCOURSE_DATA and in ./data, in each of these in the folders `below`,
    gzipped or not. A download goes into the last of these folders, in data_dir or, without one, in ./data.
    """

    title: str
    names: tuple[str, ...]
    below: tuple[str, ...]
    fetch: Callable[[Path], Path]  # downloads into a folder, compares checksums, returns where the files are

    def find(self, data_dir: Path | str | None = None) -> list[Path] | None:
        """Return the paths of the files, in the order of names, from the first folder that has them all."""
        for folder in [place / below for place in _places(data_dir) for below in self.below]:
            candidates = [(folder / name, folder / f"{name}.gz") for name in self.names]
            found = [next((path for path in pair if path.is_file()), None) for pair in candidates]
            if all(found):
                return [path for path in found if path]
        return None

    def get(self, data_dir: Path | str | None, download: bool) -> list[Path]:
        """Return what find does, after a download where it is needed and allowed; else raise DataError."""
        if files := self.find(data_dir):
            return files
        target = Path(data_dir or "data") / self.below[-1]
        problem = f"no {self.title} under {', '.join(map(str, _places(data_dir)))}"
        mend = f"put {', '.join(self.names)} into {target}"
        if not download:
            raise DataError(problem, f"{mend}, or allow the download")
        try:
            self._download(target)
        except (OSError, RuntimeError, http.client.HTTPException) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise DataError(f"{problem}, and the download failed ({reason})", mend) from error
        return [target / name for name in self.names]

    def _download(self, target: Path) -> None:
        """Fetch the files; they get their places when all of them are right."""
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".download-", dir=target) as folder, _https_alone():
            fetched = self.fetch(Path(folder))
            for name in self.names:
                os.replace(fetched / name, target / name)


def _places(data_dir: Path | str | None) -> list[Path]:
    return [Path(place) for place in (data_dir, os.environ.get("DLCOURSE_DATA"), "data") if place]


class _RefusePlainHTTP(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        raise urllib.error.URLError(f"{request.host} was to be asked without encryption")


@contextmanager
def _https_alone() -> Iterator[None]:
    """Keep torchvision from its second try, which is by plain http, and from waiting for ever."""
    timeout = socket.getdefaulttimeout()
    urllib.request.install_opener(urllib.request.build_opener(_RefusePlainHTTP))
    socket.setdefaulttimeout(STALL_SECONDS)
    try:
        yield
    finally:
        urllib.request.install_opener(None)  # back to the usual one
        socket.setdefaulttimeout(timeout)
