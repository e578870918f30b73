"""Finding the files of published data sets, and downloading them: MNIST's stand for all."""

import hashlib
import http.client
import io
import socket
import urllib.error
import urllib.request
import urllib.response
from email.message import Message
from pathlib import Path

import pytest

from dlcourse.data.mnist import CLOTHES, FASHION_MNIST, MNIST, NAMES, load_fashion_mnist, load_mnist
from dlcourse.data.torchvision_ops import torchvision
from dlcourse.data.watching import watcher
from dlcourse.errors import DataError

from .conftest import small_mnist


def refusal(**arguments) -> str:
    with pytest.raises(DataError) as caught:
        load_mnist(**arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Finding the files


@pytest.mark.parametrize("below", [".", "MNIST/raw"])
@pytest.mark.parametrize("is_gzipped", [False, True])
@pytest.mark.parametrize("place", ["argument", "environment", "working folder"])
def test_found_in_each_place(nowhere, write_mnist, monkeypatch, place, is_gzipped, below):
    folder = nowhere / "data"
    argument = None
    if place == "argument":
        folder = nowhere / "a"
        argument = folder
    elif place == "environment":
        folder = nowhere / "b"
        monkeypatch.setenv("DLCOURSE_DATA", str(folder))
    write_mnist(folder / below, is_gzipped)

    data = load_mnist(argument, download=False)
    assert len(data.train) == 20
    assert len(data.validation) == 0  # a tenth of the two images of a class rounds to 0
    assert len(data.test) == 10
    assert data.train.images.shape == (20, 1, 28, 28)
    gray_levels = data.train.images[:, 0, 3, 4]
    assert gray_levels.tolist() == list(range(20))  # the level of each image is its number
    assert data.test.labels.tolist() == list(range(10))


def test_argument_comes_before_environment_before_working_folder(nowhere, write_mnist, monkeypatch):
    folders = [nowhere / "a", nowhere / "b", nowhere / "data"]
    monkeypatch.setenv("DLCOURSE_DATA", str(folders[1]))
    for folder in reversed(folders):
        write_mnist(folder)
        found = MNIST.find(folders[0])
        assert found is not None
        assert [path.resolve() for path in found] == [folder / name for name in NAMES]


def test_fashion_mnist_lies_in_a_folder_of_its_own(nowhere, write_mnist):
    # Its files have MNIST's names, so only the folder tells them apart from MNIST's.
    write_mnist(nowhere / "data")
    message = r"no Fashion-MNIST under here, data: put .* into here.FashionMNIST.raw"
    with pytest.raises(DataError, match=message):
        load_fashion_mnist("here", download=False)

    write_mnist(nowhere / "here" / "FashionMNIST" / "raw", is_gzipped=True)
    data = load_fashion_mnist("here", download=False)
    assert data.name == "fashion-mnist"
    assert len(data.train) == 20
    assert len(data.test) == 10
    assert data.class_names == CLOTHES
    assert len(set(CLOTHES)) == 10


def test_incomplete_folder_is_passed_over(nowhere, write_mnist):
    write_mnist(nowhere / "a")
    write_mnist(nowhere / "data")
    (nowhere / "a" / NAMES[3]).unlink()
    assert MNIST.find(nowhere / "a") == [Path("data", name) for name in NAMES]


def test_missing_says_what_to_put_where(nowhere, monkeypatch):
    monkeypatch.setenv("DLCOURSE_DATA", "elsewhere")
    message = refusal(data_dir="here", download=False)
    assert message.startswith("no MNIST under here, elsewhere, data: put ")
    for name in NAMES:
        assert name in message
    assert str(Path("here", "MNIST", "raw")) in message
    assert "allow the download" in message


# The download, from a server that stands in for the real one


class Reply(io.BytesIO):
    """What http.client gives for a request, as far as urllib looks at it."""

    def __init__(self, url: str, content: bytes, code: int = 200, location: str | None = None):
        super().__init__(content)
        self.url = url
        self.code = code
        self.status = code
        self.msg = "reason"
        self.length = len(content)
        self.headers = Message()
        if location:
            self.headers["Location"] = location

    def info(self) -> Message:
        return self.headers


def file_name(url: str) -> str:
    _, _, name = url.rpartition("/")
    return name


@pytest.fixture
def server(nowhere, monkeypatch, write_mnist):
    """Return a list of the asked URLs and a function that sets how the server answers them."""
    write_mnist(nowhere / "server", is_gzipped=True)
    files = {path.name: path.read_bytes() for path in (nowhere / "server").iterdir()}
    for archives in (MNIST.archives, FASHION_MNIST.archives):
        for url in archives:
            content = files[file_name(url)]
            monkeypatch.setitem(archives, url, hashlib.md5(content).hexdigest())
    asked: list[str] = []

    def serve(answer) -> None:
        def https_open(handler, request):
            url = request.full_url
            asked.append(url)
            return answer(url, files[file_name(url)])

        monkeypatch.setattr(urllib.request.HTTPSHandler, "https_open", https_open)

    def connect(*arguments, **settings):
        pytest.fail("a connection was opened that is not https")

    monkeypatch.setattr(socket, "create_connection", connect)
    serve(Reply)
    return asked, serve


def test_download_puts_four_files_in_place_and_is_done_once(server):
    asked, serve = server
    assert len(load_mnist("here").train) == 20
    assert asked == list(MNIST.archives)
    for url in asked:
        assert url.startswith("https://")
    files = {path.name: path.read_bytes() for path in Path("here", "MNIST", "raw").iterdir()}
    assert files == small_mnist()
    serve(lambda url, content: pytest.fail("asked again"))
    assert len(load_mnist("here").test) == 10


@pytest.mark.parametrize("is_known", [True, False])
def test_a_download_tells_its_bytes_of_the_total(server, is_known):
    _, serve = server

    def reply(url, content):
        answer = Reply(url, content)
        answer.headers["Content-Length"] = "many"  # http.client passes over what is not a number
        if not is_known:
            answer.length = None
        return answer

    serve(reply)
    heard = []
    token = watcher.set(lambda *told: heard.append(told))
    try:
        load_mnist("here")
    finally:
        watcher.reset(token)
    assert [work for work, _, _ in heard] == [f"downloading {name}.gz, in bytes" for name in NAMES]
    assert all(done > 0 and total == (done if is_known else 0) for _, done, total in heard)


def test_a_failed_download_leaves_the_folder_that_another_program_uses(server):
    _, serve = server

    def answer(url, content):
        Path("here", "other").touch()
        raise TimeoutError("timed out")

    serve(answer)
    assert "the download failed (timed out)" in refusal(data_dir="here")
    assert [path.name for path in Path("here").iterdir()] == ["other"]


def test_fashion_mnist_is_downloaded_as_mnist_is(server):
    asked, _ = server
    assert len(load_fashion_mnist("here").train) == 20
    assert asked == list(FASHION_MNIST.archives)
    folder = Path("here", "FashionMNIST", "raw")
    assert {path.name for path in folder.iterdir()} == set(NAMES)
    # torchvision has the same order of the labels.
    assert torchvision.datasets.FashionMNIST.classes == list(CLOTHES)


def test_download_goes_to_the_working_folder_when_none_is_given(server, monkeypatch):
    monkeypatch.setenv("DLCOURSE_DATA", "read-only")
    load_mnist()
    assert Path("data", "MNIST", "raw", NAMES[0]).is_file()
    assert not Path("read-only").exists()


def refuse(url, content):
    raise urllib.error.URLError(ConnectionRefusedError(111, "Connection refused"))


def stall(url, content):
    raise TimeoutError("timed out")


def hang_up(url, content):
    raise http.client.RemoteDisconnected("Remote end closed connection without response")


def last_one_wrong(url, content):
    if "t10k-labels" in url:
        content = b"wrong"
    return Reply(url, content)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (refuse, "refused"),
        (stall, "timed out"),
        (hang_up, "closed connection"),
        (lambda url, content: Reply(url, content[:-10]), "a wrong checksum"),
        (
            lambda url, content: Reply(url, b"<html>Log in to the network</html>"),
            "a wrong checksum",
        ),
        (lambda url, content: Reply(url, b""), "a wrong checksum"),
        (lambda url, content: Reply(url, b"no", code=404), "404"),
        (lambda url, content: Reply(url, b"no", code=503), "503"),
        (lambda url, content: Reply(url, b"", 302, f"http{url[5:]}"), "without encryption"),
        (last_one_wrong, "a wrong checksum"),
    ],
)
def test_failed_download_is_one_line_and_leaves_nothing(server, answer, reason):
    asked, serve = server
    serve(answer)
    message = refusal(data_dir="here")
    assert asked
    assert "no MNIST under here, data, and the download failed (" in message
    assert reason in message
    assert f"put {NAMES[0]}" in message
    assert not Path("here").exists()


@pytest.mark.parametrize(
    ("files", "theirs"),
    [(MNIST, torchvision.datasets.MNIST), (FASHION_MNIST, torchvision.datasets.FashionMNIST)],
)
def test_checksums_are_those_of_torchvision(files, theirs):
    archives = {file_name(url): checksum for url, checksum in files.archives.items()}
    assert archives == dict(theirs.resources)


def test_no_download_without_leave(server):
    asked, _ = server
    refusal(download=False)
    assert asked == []


def test_target_that_is_a_file_is_one_line(server):
    Path("here").write_text("a file")
    assert "the download failed" in refusal(data_dir="here")
