"""The 1,797 handwritten digits that come with the package: trained on in seconds, without a network."""

from pathlib import Path

from dlcourse.data.batches import ImageData, Split, hold_out
from dlcourse.data.framing import DIGITS_FRAMING
from dlcourse.data.idx import read_idx

MEND = "it is part of the package, so install dlcourse again"


def load_digits() -> ImageData:
    """Load the digits: 8 x 8 pixels from 0 to 16, ten classes.

    A fixed fifth of each class is for the test, a tenth of the rest for validation. The same 13 people wrote
    all three parts, so the test accuracy is that for known handwritings, not for a stranger's.

    Raises: DataError when the package's files are damaged.
    Source: Alpaydin, Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning
        Repository: its test set, as in scikit-learn. Licence CC BY 4.0, in digits.txt beside this file.
    """
    folder = Path(__file__).parent
    images = read_idx(folder / "digits-images-idx3-ubyte.gz", dimensions=3, mend=MEND)
    labels = read_idx(folder / "digits-labels-idx1-ubyte.gz", dimensions=1, mend=MEND)
    rest, test = hold_out(Split(images.unsqueeze(1), labels.long()), share=0.2, seed=1)
    train, validation = hold_out(rest, share=0.1, seed=2)
    names = tuple("0123456789")
    return ImageData("digits", train, validation, test, names, max_value=16, framing=DIGITS_FRAMING)
