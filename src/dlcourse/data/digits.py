"""The 1,797 handwritten digits that come with the package: small enough to train on in seconds, without network."""

from pathlib import Path

from dlcourse.data.batches import ImageData, Split, hold_out
from dlcourse.data.idx import read_idx

MEND = "it is part of the package, so install dlcourse again"


def load_digits() -> ImageData:
    """Load the digits: 8 x 8 pictures, pixels 0 to 16, ten classes; a fixed fifth is test, a tenth of the rest validation.

    The splits mix the 13 writers, so the accuracy is that for known handwritings, not for a stranger's.

    Raises: DataError when the package's files are damaged.
    Source: Alpaydin, Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning Repository; the
        1,797 pictures are its test set, as in scikit-learn. Licence: digits.txt beside this file.
    """
    folder = Path(__file__).parent
    images = read_idx(folder / "digits-images-idx3-ubyte.gz", dimensions=3, mend=MEND)
    labels = read_idx(folder / "digits-labels-idx1-ubyte.gz", dimensions=1, mend=MEND)
    everything = Split(images.unsqueeze(1), labels.long())
    rest, test = hold_out(everything, share=0.2, seed=1)
    train, validation = hold_out(rest, share=0.1, seed=2)
    return ImageData("digits", train, validation, test, class_names=tuple("0123456789"), max_value=16)
