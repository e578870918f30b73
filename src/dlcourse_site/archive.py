"""The whole site as one zip file to keep, which Home links to."""

import io
import zipfile
from pathlib import Path

NAME = "dlcourse.zip"
MARK = "<!--archive-->"  # on Home, where the link goes
LINK = (
    '<p class="archive"><a href="{name}" download>Download the whole course</a>'
    " ({megabytes:.0f} MB) to read it without a network.</p>"
)
README = Path(__file__).with_name("templates") / "archive.txt"
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file knows: equal files give equal bytes


def zip_files(files: dict[str, bytes]) -> bytes:
    """Return files, by their path, as a zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16  # else a reader on Linux may not read them
            archive.writestr(entry, content)
    return packed.getvalue()


def write_archive(site_dir: Path) -> Path:
    """Pack a built site and a README into its archive, and link to it from Home.

    The copy of Home in the archive has no link, because the archive does not hold itself.
    """
    files = {"dlcourse/README.txt": README.read_bytes()}
    for path in sorted(site_dir.rglob("*")):
        if path.is_file():
            files[f"dlcourse/{path.relative_to(site_dir).as_posix()}"] = path.read_bytes()
    archive = site_dir / NAME
    archive.write_bytes(zip_files(files))

    home = site_dir / "index.html"
    link = LINK.format(name=NAME, megabytes=archive.stat().st_size / 1e6)
    text = home.read_text("utf-8")
    home.write_text(text.replace(MARK, link), "utf-8")
    return archive
