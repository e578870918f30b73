"""The site as one archive, which holds every file but itself and names no machine."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from dlcourse_site.archive import MARK, NAME, write_archive

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small_site(tmp_path):
    """Return a function that writes a site of three files."""

    def write(name):
        site = tmp_path / name
        (site / "neuron").mkdir(parents=True)
        (site / "index.html").write_text(f"<h1>Home</h1>{MARK}", "utf-8")
        (site / "neuron" / "index.html").write_text("<h1>Neuron</h1>", "utf-8")
        (site / "noise").write_bytes(bytes(range(256)) * 10_000)
        return site

    return write


def test_the_same_site_gives_the_same_bytes(small_site):
    first, second = write_archive(small_site("first")), write_archive(small_site("second"))
    assert first.read_bytes() == second.read_bytes()


def test_an_archive_unpacks_to_readable_files(small_site, tmp_path):
    archive = write_archive(small_site("site"))
    with zipfile.ZipFile(archive) as packed:
        modes = {entry.external_attr >> 16 for entry in packed.infolist()}
        packed.extractall(tmp_path)
    assert modes == {0o644}
    home = tmp_path / "dlcourse" / "index.html"
    assert home.read_text("utf-8") == f"<h1>Home</h1>{MARK}"  # without the link


def test_archive_holds_every_file_of_the_site_but_itself(built_site):
    with zipfile.ZipFile(built_site / NAME) as packed:
        names = {name.removeprefix("dlcourse/") for name in packed.namelist()}
    files = {
        path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()
    }
    assert names == files - {NAME} | {"README.txt"}


def test_home_links_to_the_archive_with_its_size(pages, built_site):
    megabytes = (built_site / NAME).stat().st_size / 1e6
    text = pages["index.html"].path.read_text("utf-8")
    link = f'<a href="{NAME}" download>Download the whole course</a> ({megabytes:.0f} MB)'
    assert text.count(link) == 1
    assert text.index(link) < text.index("<h2")


def test_no_file_of_the_archive_names_this_machine(built_site):
    folders = {str(ROOT), str(Path.home()), sys.prefix}
    machine = [f"{folder}/".encode() for folder in folders]
    naming = []
    for name, content in contents((built_site / NAME).read_bytes()):
        is_ours = "/pyodide/" not in name  # it names folders of its makers
        if is_ours and any(folder in content for folder in machine):
            naming.append(name)
    assert naming == []


def contents(packed):
    """Yield the name and the content of each file, also of those in a zip file that is inside."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            yield name, content
            if name.endswith(".zip"):
                for inner, inner_content in contents(content):
                    yield f"{name}/{inner}", inner_content
