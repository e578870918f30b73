"""The IDX format of MNIST: a header of big-endian numbers, then the values.

Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section "File formats".
"""

import gzip
import math
import zlib
from pathlib import Path

import torch
from torch import Tensor

from dlcourse.errors import DataError

UNSIGNED_BYTE = 0x08  # the type code of the only values that picture files use
MOST_BYTES = (
    2**28
)  # five times the largest file of MNIST, so that a small damaged .gz cannot fill the memory


def read_idx(path: Path, *, dimensions: int, mend: str) -> Tensor:
    """Read a file of unsigned bytes, gzipped if its name ends in .gz.

    Nothing is believed before it is checked: the header is compared with the bytes that are there.

    Shapes: a uint8 tensor with as many dimensions as asked for.
    Raises: DataError with the given mend when the file cannot be read, is cut off or is of another kind.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = bytearray()
            while len(content) <= MOST_BYTES and (chunk := file.read(2**20)):
                content += chunk
    except EOFError as error:
        problem = (
            f"{path} has {path.stat().st_size} bytes, where its compressed content promises more"
        )
        raise DataError(problem, mend) from error
    except (OSError, zlib.error) as error:
        raise DataError(f"{path} cannot be read ({error})", mend) from error
    if len(content) > MOST_BYTES:
        raise DataError(f"{path} has more than {MOST_BYTES} bytes", mend)
    header_bytes = 4 + 4 * dimensions
    if len(content) < header_bytes:
        raise DataError(
            f"{path} has {len(content)} bytes, its header alone has {header_bytes}", mend
        )
    magic = bytes([0, 0, UNSIGNED_BYTE, dimensions])
    if content[:4] != magic:
        raise DataError(
            f"{path} starts with {content[:4].hex()}, it should start with {magic.hex()}", mend
        )
    shape = [int.from_bytes(content[4 * i + 4 : 4 * i + 8], "big") for i in range(dimensions)]
    promised = header_bytes + math.prod(shape)
    if len(content) != promised or promised == header_bytes:
        raise DataError(f"{path} has {len(content)} bytes, its header promises {promised}", mend)
    return torch.frombuffer(content, dtype=torch.uint8, offset=header_bytes).reshape(shape)
