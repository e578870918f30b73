"""One answer for each pixel: ink or paper."""

from dlcourse.data.digits import load_digits

picture = load_digits().test.images[0, 0]
is_ink = picture > 8
print(tuple(picture.shape), tuple(is_ink.shape), is_ink.dtype)
