"""The IDX format of MNIST: a header of big-endian numbers, then the values.

Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section "File formats".
"""

import gzip
import io
import math
import zlib
from pathlib import Path

import torch
from torch import Tensor

from dlcourse.errors import DataError

# The code of unsigned bytes, the only type of values that image files use.
UNSIGNED_BYTE = 0x08
# Five times the largest file of MNIST: a small damaged .gz file must not fill the memory.
MOST_BYTES = 2**28
PIECE_BYTES = 2**20


def read_idx(path: Path, *, dimensions: int, remedy: str) -> Tensor:
    """Read a file of unsigned bytes, gzipped if its name ends in .gz.

    The header is compared with the bytes that are there before it is used.

    Shapes: a uint8 tensor with as many dimensions as asked for.
    Raises: DataError with the given remedy when the file cannot be read, is cut off or is of
        another kind.
    """
    content = _read_content(path, remedy)
    header_bytes = 4 + 4 * dimensions
    if len(content) < header_bytes:
        problem = f"{path} has {len(content)} bytes, its header alone has {header_bytes}"
        raise DataError(problem, remedy)

    magic = bytes([0, 0, UNSIGNED_BYTE, dimensions])
    start = content[:4]
    if start != magic:
        problem = f"{path} starts with {start.hex()}, it should start with {magic.hex()}"
        raise DataError(problem, remedy)

    shape = []
    for place in range(4, header_bytes, 4):
        size = int.from_bytes(content[place : place + 4], "big")
        shape.append(size)
    num_values = math.prod(shape)
    promised = header_bytes + num_values
    if len(content) != promised or num_values == 0:
        raise DataError(f"{path} has {len(content)} bytes, its header promises {promised}", remedy)

    values = torch.frombuffer(content, dtype=torch.uint8, offset=header_bytes)
    return values.reshape(shape)


def _read_content(path: Path, remedy: str) -> bytearray:
    """Return the bytes of a file, unpacked."""
    content = bytearray()
    try:
        with _open(path) as file:
            while len(content) <= MOST_BYTES:
                piece = file.read(PIECE_BYTES)
                if not piece:
                    break
                content += piece
    except EOFError as error:
        size = path.stat().st_size
        problem = f"{path} has {size} bytes, where its compressed content promises more"
        raise DataError(problem, remedy) from error
    except (OSError, zlib.error) as error:
        raise DataError(f"{path} cannot be read ({error})", remedy) from error

    if len(content) > MOST_BYTES:
        raise DataError(f"{path} has more than {MOST_BYTES} bytes", remedy)
    return content


def _open(path: Path) -> io.BufferedIOBase:
    if path.suffix == ".gz":
        return gzip.open(path)
    return path.open("rb")
