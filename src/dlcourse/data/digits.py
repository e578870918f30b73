"""The 1,797 handwritten digits that come with the package, for training in seconds and offline."""

from pathlib import Path

from dlcourse.data.batches import ImageData, Split, hold_out
from dlcourse.data.framing import DIGITS_FRAMING
from dlcourse.data.idx import read_idx

CLASS_NAMES = tuple("0123456789")
REMEDY = "it is part of the package, so install dlcourse again"


def load_digits() -> ImageData:
    """Load the digits: 8 x 8 pixels from 0 to 16, ten classes.

    A fixed fifth of each class is for the test, and a tenth of the rest for validation. The same 13
    people wrote all three parts, so the test accuracy is that for known handwriting, not for a
    stranger's.

    Raises: DataError when the package's files are damaged.
    Source: Alpaydin, Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning
        Repository: its test set, as in scikit-learn. License CC BY 4.0, in digits.txt beside this
        file.
    """
    folder = Path(__file__).parent
    images = read_idx(folder / "digits-images-idx3-ubyte.gz", dimensions=3, remedy=REMEDY)
    labels = read_idx(folder / "digits-labels-idx1-ubyte.gz", dimensions=1, remedy=REMEDY)
    images = images.unsqueeze(1)  # (1797, 1, 8, 8): one channel
    digits = Split(images, labels.long())

    rest, test = hold_out(digits, share=0.2, seed=1)
    train, validation = hold_out(rest, share=0.1, seed=2)
    return ImageData(
        name="digits",
        train=train,
        validation=validation,
        test=test,
        class_names=CLASS_NAMES,
        max_value=16,
        framing=DIGITS_FRAMING,
        source="from the package: test a fifth, validation a tenth of the rest",
    )
