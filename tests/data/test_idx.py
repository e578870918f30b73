import gzip
import struct
import tracemalloc

import numpy as np
import pytest

from dlcourse.data import idx
from dlcourse.data.idx import read_idx
from dlcourse.errors import DataError

VALUES = np.arange(24, dtype=np.uint8).reshape(4, 2, 3)
CONTENT = bytes.fromhex("00000803 00000004 00000002 00000003") + VALUES.tobytes()


def refusal(path, content: bytes, dimensions: int = 3) -> str:
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_idx(path, dimensions=dimensions, remedy="delete it")
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy == "delete it"
    return str(caught.value)


# The ids are given because gzip notes the time, so its bytes cannot name a test.
@pytest.mark.parametrize(
    ("name", "content"),
    [("a", CONTENT), ("a.gz", gzip.compress(CONTENT))],
    ids=["plain", "gzip"],
)
def test_reads_big_endian_sizes_and_row_major_bytes(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert np.array_equal(read_idx(tmp_path / name, dimensions=3, remedy=""), VALUES)


def test_cut_anywhere_is_refused_with_both_sizes(tmp_path):
    for size in range(len(CONTENT)):
        message = refusal(tmp_path / "cut", CONTENT[:size])
        assert f"has {size} bytes" in message
        if size >= 16:
            assert "header promises 40" in message
        else:
            assert "header alone has 16" in message


def test_cut_gzip_is_refused_anywhere(tmp_path):
    compressed = gzip.compress(CONTENT)
    for size in range(len(compressed)):
        refusal(tmp_path / "cut.gz", compressed[:size])
    message = refusal(tmp_path / "cut.gz", compressed[:-9])
    assert f"has {len(compressed) - 9} bytes" in message


def test_changed_gzip_never_gives_other_values(tmp_path):
    compressed = bytearray(gzip.compress(CONTENT))
    # The first 10 bytes are the gzip header, with a date and flags.
    for place in range(10, len(compressed)):
        changed = compressed.copy()
        changed[place] ^= 1
        (tmp_path / "a.gz").write_bytes(changed)
        try:
            values = read_idx(tmp_path / "a.gz", dimensions=3, remedy="")
        except DataError:
            continue
        assert np.array_equal(values, VALUES)  # spare bits of the last compressed byte mean nothing


def test_every_other_header_byte_is_refused(tmp_path):
    for place in range(16):
        for value in set(range(256)) - {CONTENT[place]}:
            changed = bytearray(CONTENT)
            changed[place] = value
            refusal(tmp_path / "header", changed)


def test_huge_sizes_are_refused_without_allocating_them(tmp_path):
    content = struct.pack(">4B3I", 0, 0, 8, 3, 2**31, 2**31, 2**31) + bytes(1000)
    tracemalloc.start()
    try:
        message = refusal(tmp_path / "huge", content)
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert f"promises {2**93 + 16}" in message
    assert most_bytes < 2**22  # the file is read in pieces of 2**20


def test_no_images_are_refused(tmp_path):
    refusal(tmp_path / "empty", struct.pack(">4B3I", 0, 0, 8, 3, 0, 28, 28))


def test_bytes_after_the_end_are_refused(tmp_path):
    message = refusal(tmp_path / "long", CONTENT + b"x")
    assert "has 41 bytes, its header promises 40" in message


def test_labels_for_images_are_refused(tmp_path):
    labels = struct.pack(">4BI", 0, 0, 8, 1, 20) + bytes(20)
    message = refusal(tmp_path / "labels", labels)
    assert "starts with 00000801, it should start with 00000803" in message


def test_gzip_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(idx, "MOST_BYTES", 1000)
    bomb = gzip.compress(bytes(1_000_000))
    assert "more than 1000 bytes" in refusal(tmp_path / "bomb.gz", bomb)


@pytest.mark.parametrize(
    "content", [b"", b"<html>not found</html>", b"version https://git-lfs.github.com"]
)
@pytest.mark.parametrize("name", ["a", "a.gz"])
def test_what_servers_send_instead_is_refused(tmp_path, name, content):
    refusal(tmp_path / name, content)


def test_missing_file_and_folder_are_refused(tmp_path):
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(DataError, match="cannot be read"):
            read_idx(path, dimensions=3, remedy="")
