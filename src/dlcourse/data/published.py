"""Published data sets: found on the disk, or downloaded once over an encrypted connection."""

import contextlib
import gzip
import hashlib
import http.client
import os
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dlcourse.data.watching import tell
from dlcourse.errors import DataError
from dlcourse.paths import expand_path

PIECE_BYTES = 2**16
STALL_SECONDS = 30  # without a byte from the server


@dataclass(frozen=True)
class Files:
    """The files of a data set: their names, the places where they are looked for, and the download.

    They are looked for in data_dir, in `$DLCOURSE_DATA` and in ./data, in each of these in the
    folders `below` it, gzipped or not. A download goes into the last of these folders, in data_dir
    or, if it is not given, in ./data.
    """

    title: str
    names: tuple[str, ...]
    below: tuple[str, ...]
    # What is downloaded: its URL, which ends in .gz or .tar.gz, and its MD5 checksum.
    archives: Mapping[str, str]

    def find(self, data_dir: Path | str | None = None) -> list[Path] | None:
        """Return the paths of the files, in the order of names, from the first complete folder."""
        for place in _list_places(data_dir):
            for below in self.below:
                found = self._find_in(place / below)
                if found is not None:
                    return found
        return None

    def get(self, data_dir: Path | str | None, download: bool) -> list[Path]:
        """Return the paths of the files, after a download if it is needed and allowed.

        Raises: DataError when the files are not found and not downloaded.
        """
        found = self.find(data_dir)
        if found is not None:
            return found

        target = Path(expand_path(data_dir or "data")) / self.below[-1]
        places = ", ".join(str(place) for place in _list_places(data_dir))
        problem = f"no {self.title} under {places}"
        remedy = f"put {', '.join(self.names)} into {target}"
        if not download:
            raise DataError(problem, f"{remedy}, or allow the download")
        try:
            self._download(target)
        except (OSError, http.client.HTTPException) as error:
            words = str(error).split()
            reason = " ".join(words) or type(error).__name__
            raise DataError(f"{problem}, and the download failed ({reason})", remedy) from error
        return [target / name for name in self.names]

    def _find_in(self, folder: Path) -> list[Path] | None:
        """Return the paths of the files in a folder, or None if it does not have all of them."""
        paths = []
        for name in self.names:
            plain = folder / name
            gzipped = folder / f"{name}.gz"
            if plain.is_file():
                paths.append(plain)
            elif gzipped.is_file():
                paths.append(gzipped)
            else:
                return None
        return paths

    def _download(self, target: Path) -> None:
        """Download, check and unpack the archives; then move all files into the target at once."""
        new_folders = [folder for folder in (target, *target.parents) if not folder.exists()]
        try:
            target.mkdir(parents=True, exist_ok=True)
            self._download_into(target)
        except BaseException:
            with contextlib.suppress(OSError):  # one was not made, or another program uses it
                for folder in new_folders:
                    folder.rmdir()  # empty: the files come in last, and all at once
            raise

    def _download_into(self, target: Path) -> None:
        with tempfile.TemporaryDirectory(prefix=".download-", dir=target) as temporary:
            folder = Path(temporary)
            for url, checksum in self.archives.items():
                archive = _fetch(url, checksum, folder)
                _unpack(archive)
            for name in self.names:
                (path,) = folder.rglob(name)
                os.replace(path, target / name)


def describe_published(folder: Path) -> str:
    """Say where the files of a published data set are, and how its splits are made."""
    return f"from {folder}: train and test as published, validation a tenth of train"


def _list_places(data_dir: Path | str | None) -> list[Path]:
    places = (data_dir, os.environ.get("DLCOURSE_DATA"), "data")
    return [Path(expand_path(place)) for place in places if place]


def _fetch(url: str, checksum: str, folder: Path) -> Path:
    """Download an archive into a folder and return its path."""
    print(f"downloading {url}", file=sys.stderr)
    _, _, name = url.rpartition("/")
    archive = folder / name
    opener = urllib.request.build_opener(_RefusePlainHTTP)
    with opener.open(url, timeout=STALL_SECONDS) as reply, archive.open("w+b") as file:
        total = reply.length or 0
        for piece in iter(lambda: reply.read(PIECE_BYTES), b""):
            file.write(piece)
            tell(f"downloading {name}, in bytes", file.tell(), total)
        file.seek(0)
        digest = hashlib.file_digest(file, "md5")
    if digest.hexdigest() != checksum:
        raise OSError(f"{url} has a wrong checksum")
    return archive


def _unpack(archive: Path) -> None:
    """Unpack an archive into the folder that it is in."""
    if archive.name.endswith(".tar.gz"):
        shutil.unpack_archive(archive, archive.parent, filter="data")
    else:
        content = gzip.decompress(archive.read_bytes())
        archive.with_suffix("").write_bytes(content)


class _RefusePlainHTTP(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        raise urllib.error.URLError(f"{request.host} would be contacted without encryption")
