"""One answer for each pixel: ink or paper."""

from dlcourse.data.digits import load_digits

image = load_digits().test.images[0, 0]
is_ink = image > 8  # pixels are 0 to 16
print(tuple(image.shape), image.dtype)
print(tuple(is_ink.shape), is_ink.dtype)
