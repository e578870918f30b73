"""Published data sets: found on the disk, or downloaded once, checked and encrypted."""

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

from dlcourse.errors import DataError

STALL_SECONDS = 30  # without a byte from the server


@dataclass(frozen=True)
class Files:
    """The files of a data set: what they are called, where they lie and how they are fetched.

    They are looked for in data_dir, in `$DLCOURSE_DATA` and in ./data, each with the folders `below` it,
    gzipped or not. A download goes into the last of these folders, in data_dir or, without one, in ./data.
    """

    title: str
    names: tuple[str, ...]
    below: tuple[str, ...]
    archives: Mapping[
        str, str
    ]  # what is downloaded: its URL, ending in .gz or .tar.gz, and its MD5 checksum

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
        except (OSError, http.client.HTTPException) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise DataError(f"{problem}, and the download failed ({reason})", mend) from error
        return [target / name for name in self.names]

    def _download(self, target: Path) -> None:
        """Fetch, check and unpack the archives; the files get their places when all of them are right."""
        target.mkdir(parents=True, exist_ok=True)
        opener = urllib.request.build_opener(_RefusePlainHTTP)
        with tempfile.TemporaryDirectory(prefix=".download-", dir=target) as folder:
            for url, checksum in self.archives.items():
                print(f"downloading {url}", file=sys.stderr)
                archive = Path(folder, url.rpartition("/")[2])
                with opener.open(url, timeout=STALL_SECONDS) as reply, archive.open("w+b") as file:
                    shutil.copyfileobj(reply, file)
                    file.seek(0)
                    if hashlib.file_digest(file, "md5").hexdigest() != checksum:
                        raise OSError(f"{url} has another checksum than it should have")
                if archive.name.endswith(".tar.gz"):
                    shutil.unpack_archive(archive, folder, filter="data")
                else:
                    archive.with_suffix("").write_bytes(gzip.decompress(archive.read_bytes()))
            for name in self.names:
                (path,) = Path(folder).rglob(name)
                os.replace(path, target / name)


def _places(data_dir: Path | str | None) -> list[Path]:
    return [Path(place) for place in (data_dir, os.environ.get("DLCOURSE_DATA"), "data") if place]


class _RefusePlainHTTP(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        raise urllib.error.URLError(f"{request.host} was to be asked without encryption")
