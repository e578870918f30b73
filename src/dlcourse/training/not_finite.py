"""Values that are NaN or infinite: where they come from, if not from the learning rate."""

import contextlib
from collections.abc import Iterable, Iterator

from torch import Tensor

from dlcourse.errors import TrainingDiverged
from dlcourse.training.state import has_own_state
from dlcourse.training.task import Batch


def count_not_finite(tensors: Iterable[Tensor]) -> int:
    """Return how many values are NaN or infinite."""
    return sum(int((~tensor.isfinite()).sum()) for tensor in tensors)


@contextlib.contextmanager
def blame_data(split: str, batches: Iterable[Batch]) -> Iterator[None]:
    """Name the data in a TrainingDiverged of the block, if a batch is not finite.

    The batches are drawn once more, unless they continue from where they are.
    """
    try:
        yield
    except TrainingDiverged as error:
        again = () if has_own_state(batches) else batches
        for batch in again:
            count = count_not_finite(batch)
            if count > 0:
                problem = f"{error.problem}; {count} values of a {split} batch are NaN or infinite"
                remedy = "correct these examples or leave them out"
                raise TrainingDiverged(problem, remedy) from None
        raise
