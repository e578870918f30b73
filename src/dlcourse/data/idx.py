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


def read_idx(path: Path, *, dimensions: int, mend: str) -> Tensor:
    """Read a file of unsigned bytes, gzipped if its name ends in .gz; nothing is trusted before it is checked.

    Shapes: a uint8 tensor with as many dimensions as asked for.
    Raises: DataError with the given mend when the file cannot be read, is cut off or is not what was asked for.
    """
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path} cannot be read ({error})", mend) from error
    header_bytes = 4 + 4 * dimensions
    if len(content) < header_bytes:
        raise DataError(f"{path} has {len(content)} bytes, its header alone has {header_bytes}", mend)
    magic = bytes([0, 0, UNSIGNED_BYTE, dimensions])
    if content[:4] != magic:
        raise DataError(
            f"{path} starts with {content[:4].hex()}, such a file starts with {magic.hex()}", mend
        )
    shape = [int.from_bytes(content[4 * i + 4 : 4 * i + 8], "big") for i in range(dimensions)]
    promised = header_bytes + math.prod(shape)
    if len(content) != promised or promised == header_bytes:
        raise DataError(f"{path} has {len(content)} bytes, its header promises {promised} ({shape})", mend)
    return torch.frombuffer(bytearray(content), dtype=torch.uint8, offset=header_bytes).reshape(shape)
